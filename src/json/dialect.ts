import type { Dialect } from '../core/provider.js';
import { type Json, JsonNumber } from './value.js';

/** What one language's JSON encoder does differently from the others. */
interface Rules {
  readonly comma: string;
  readonly colon: string;
  /** Spaces per level; 0 writes one line. */
  readonly indent: number;
  readonly string: (text: string) => string;
  readonly number: (text: string) => string;
}

const isInteger = (text: string) => /^-?\d+$/.test(text);
const unit = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
const asJavaScript = (text: string) => JSON.stringify(Number(text));
const asWritten = (text: string) => text;
const stringify = (text: string) => JSON.stringify(text);
const escaping = (pattern: RegExp) => (text: string) => JSON.stringify(text).replace(pattern, unit);

/** Python's repr of a float: integers as they are, 1e16 and above or below 1e-4 with an exponent of two digits. */
function pythonNumber(text: string): string {
  if (isInteger(text)) return text;
  const value = Number(text);
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
  const [digits = '', exponent] = value.toExponential().split('e');
  const power = Number(exponent);
  if (value !== 0 && (power < -4 || power >= 16)) {
    return `${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
  }
  const plain = Object.is(value, -0) ? '-0' : power < 0 ? fromExponent(digits, power) : String(value);
  return plain.includes('.') ? plain : `${plain}.0`;
}

function fromExponent(digits: string, power: number): string {
  const sign = digits.startsWith('-') ? '-' : '';
  return `${sign}0.${'0'.repeat(-power - 1)}${digits.replace(/[-.]/g, '')}`;
}

/** Ruby's Float#to_s: like Python's, but its exponent keeps a fraction (`1.0e+16`) and has two digits at least. */
function rubyNumber(text: string): string {
  if (isInteger(text)) return text;
  const python = pythonNumber(text);
  return python.replace(/^(-?\d+)e/, '$1.0e');
}

/** Go's float64: the shortest digits, with an exponent below 1e-6 and from 1e21 on; integers that came as text stay whole. */
const goNumber = (text: string) => (isInteger(text) ? text : asJavaScript(text));

const one = { comma: ',', colon: ':', indent: 0, string: stringify };

const dialects: Record<Dialect, Rules> = {
  js: { ...one, number: asJavaScript },
  pretty: { comma: ',', colon: ': ', indent: 2, string: stringify, number: asJavaScript },
  ascii: { ...one, string: escaping(/[\u007f-\uffff]/g), number: asWritten },
  python: { ...one, comma: ', ', colon: ': ', string: escaping(/[\u0080-\uffff]/g), number: pythonNumber },
  go: { ...one, string: goString, number: goNumber },
  ruby: { ...one, string: stringify, number: rubyNumber },
  rails: { ...one, string: escaping(/[<>&\u2028\u2029]/g), number: rubyNumber },
  php: { ...one, string: (text) => escaping(/[\u0080-\uffff]/g)(text).replaceAll('/', '\\/'), number: phpNumber },
};

/** Go escapes what could end a script element, and writes U+FFFD for half a surrogate pair. */
function goString(text: string): string {
  return escaping(/[<>&\u2028\u2029]/g)(text.toWellFormed())
    .replaceAll('\\b', '\\u0008')
    .replaceAll('\\f', '\\u000c');
}

/** PHP's serialize_precision −1: the shortest digits, without a zero fraction, exponents as `1.0e+25`. */
function phpNumber(text: string): string {
  if (isInteger(text)) return text;
  const value = Number(text);
  const [digits = '', exponent] = value.toExponential().split('e');
  const power = Number(exponent);
  if (value !== 0 && (power < -5 || power >= 15)) {
    return `${digits.includes('.') ? digits : `${digits}.0`}e${power < 0 ? '-' : '+'}${Math.abs(power)}`;
  }
  return Object.is(value, -0) ? '-0.0' : power < 0 && value !== 0 ? fromExponent(digits, power) : String(value);
}

function write(value: Json, rules: Rules, level: string): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return rules.string(value);
  if (value instanceof JsonNumber) return rules.number(value.text);
  const inner = level + ' '.repeat(rules.indent);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  const items = Array.isArray(value)
    ? value.map((item) => write(item, rules, inner))
    : [...value].map(([key, member]) => rules.string(key) + rules.colon + write(member, rules, inner));
  if (items.length === 0) return `${open}${close}`;
  if (rules.indent === 0) return `${open}${items.join(rules.comma)}${close}`;
  return `${open}\n${inner}${items.join(`${rules.comma}\n${inner}`)}\n${level}${close}`;
}

/** A JSON value as the text that a dialect's encoder writes for it. */
export function writeJson(value: Json, dialect: Dialect): string {
  return write(value, dialects[dialect], '');
}

/** The names of all dialects. */
export const dialectNames = Object.keys(dialects) as Dialect[];
