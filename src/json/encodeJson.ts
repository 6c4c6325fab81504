import type { JsonDialect } from '../core/provider.js';
import { type Json, JsonNumber } from './value.js';

const isInteger = (text: string) => /^-?\d+$/.test(text);

/** A float's shortest digits (`1.5`, `-1`) and its power of ten; undefined for one that is too large for a float. */
function split(text: string): { value: number; digits: string; power: number } | undefined {
  const value = Number(text);
  if (!Number.isFinite(value)) return undefined;
  const [digits = '', power] = (Object.is(value, -0) ? 0 : value).toExponential().split('e');
  return { value, digits: Object.is(value, -0) ? '-0' : digits, power: Number(power) };
}

/** The digits without an exponent; JavaScript's own text does from 1e-6 to 1e21. */
function decimal(value: number, digits: string, power: number): string {
  if (power >= 0) return Object.is(value, -0) ? '-0' : String(value);
  const sign = value < 0 ? '-' : '';
  return `${sign}0.${'0'.repeat(-power - 1)}${digits.replace(/[-.]/g, '')}`;
}

const withFraction = (digits: string) => (digits.includes('.') ? digits : `${digits}.0`);
const exponent = (power: number, width: number) =>
  `e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(width, '0')}`;

/** JavaScript has one kind of number; one that is too large becomes null. */
const javaScriptNumber = (text: string) => JSON.stringify(Number(text));

/** Python's repr of a float: an exponent of two digits below 1e-4 and from 1e16 on; integers have no limit and no -0. */
function pythonNumber(text: string): string {
  if (isInteger(text)) return text === '-0' ? '0' : text;
  const float = split(text);
  if (!float) return text.startsWith('-') ? '-Infinity' : 'Infinity';
  const { value, digits, power } = float;
  if (power < -4 || power >= 16) return digits + exponent(power, 2);
  return withFraction(decimal(value, digits, power));
}

/** Ruby's Float#to_s: an exponent below 1e-4 and for whole numbers from 1e15 on, after a fraction. JSON.generate rejects infinity. */
function rubyNumber(text: string): string {
  const float = split(text);
  if (isInteger(text) || !float) return text === '-0' ? '0' : text;
  const { value, digits, power } = float;
  const isWhole = digits.replace(/[-.]/g, '').length <= power + 1;
  if (power < -4 || (power >= 15 && isWhole)) return withFraction(digits) + exponent(power, 2);
  return withFraction(decimal(value, digits, power));
}

/** Go's float64: JavaScript's text, but with -0; large integers stay exact. Go rejects infinity. */
function goNumber(text: string): string {
  if (isInteger(text)) return text;
  const float = split(text);
  if (!float) return text;
  return Object.is(float.value, -0) ? '-0' : String(float.value);
}

/** PHP with serialize_precision -1: whole floats without a fraction; integers beyond 64 bits are floats. */
function phpNumber(text: string): string {
  if (isInteger(text) && BigInt.asIntN(64, BigInt(text)) === BigInt(text)) return text === '-0' ? '0' : text;
  const float = split(text);
  if (!float) return text;
  const { value, digits, power } = float;
  if (power < -4 || power >= 17) return withFraction(digits) + exponent(power, 1);
  return decimal(value, digits, power);
}

/** The differences of one language's JSON encoder from the others. */
export interface EncoderRules {
  readonly comma: string;
  readonly colon: string;
  /** Spaces per level; 0 writes one line. */
  readonly indent: number;
  readonly string: (text: string) => string;
  readonly number: (text: string) => string;
  /** True where members that are null are left out. */
  readonly omitsNull?: true;
  /** The separator between the items of the outermost list in place of a comma, and the text after the last. */
  readonly outermost?: { readonly comma: string; readonly end: string };
}

const unit = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
const string = (text: string) => JSON.stringify(text);
const escaping = (pattern: RegExp) => (text: string) => JSON.stringify(text).replace(pattern, unit);
/** As Python and most hand-written encoders have it: DEL is escaped, too. */
const notPrintable = escaping(/[\u007f-\uffff]/g);
const html = escaping(/[<>&\u2028\u2029]/g);

const compact = { comma: ',', colon: ':', indent: 0, string };

const dialects: Record<JsonDialect, EncoderRules> = {
  js: { ...compact, number: javaScriptNumber },
  lines: { ...compact, number: javaScriptNumber, outermost: { comma: ',\r\n', end: '\r\n' } },
  pretty: { ...compact, colon: ': ', indent: 2, number: javaScriptNumber },
  ascii: { ...compact, string: notPrintable, number: (text) => text },
  python: { ...compact, comma: ', ', colon: ': ', string: notPrintable, number: pythonNumber },
  // Go has no half surrogate pairs: its decoder reads U+FFFD. Escapes are those of Go 1.22 and later.
  go: { ...compact, string: (text) => html(text.toWellFormed()), number: goNumber },
  // The floats of the json gem before 2.11, which is what Ruby up to 3.4 brings along.
  ruby: { ...compact, number: rubyNumber },
  rails: { ...compact, string: html, number: rubyNumber },
  php: { ...compact, string: (text) => escaping(/[\u0080-\uffff]/g)(text).replaceAll('/', '\\/'), number: phpNumber },
};

function write(value: Json, rules: EncoderRules, level: string): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return rules.string(value);
  if (value instanceof JsonNumber) return rules.number(value.text);
  const inner = level + ' '.repeat(rules.indent);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  const items = Array.isArray(value)
    ? value.map((item) => write(item, rules, inner))
    : [...value]
        .filter(([, member]) => member !== null || !rules.omitsNull)
        .map(([key, member]) => rules.string(key) + rules.colon + write(member, rules, inner));
  if (items.length === 0) return `${open}${close}`;
  if (rules.indent === 0) return `${open}${items.join(rules.comma)}${close}`;
  return `${open}\n${inner}${items.join(`${rules.comma}\n${inner}`)}\n${level}${close}`;
}

/** A value as the JSON that a dialect's encoder writes for it; keys keep their order. */
export function encodeJson(value: Json, dialect: JsonDialect): string {
  const rules = dialects[dialect];
  const { outermost } = rules;
  if (outermost === undefined) return write(value, rules, '');
  const text = Array.isArray(value)
    ? `[${value.map((item) => write(item, rules, '')).join(outermost.comma)}]`
    : write(value, rules, '');
  return text + outermost.end;
}

/** A value as the JSON that an encoder of such rules writes for it. */
export function encodeJsonBy(value: Json, rules: EncoderRules): string {
  return write(value, rules, '');
}

/** A JSON value as text that keeps its numbers as they are written, for people to edit and for comparing. */
export function writeFaithfully(value: Json, form: 'js' | 'pretty'): string {
  return write(value, { ...dialects[form], number: (text) => text }, '');
}

/** The names of all dialects of JSON. */
export const dialectNames = Object.keys(dialects) as JsonDialect[];
