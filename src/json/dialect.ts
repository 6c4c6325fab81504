import type { Dialect, JsonDialect, Provider } from '../core/provider.js';
import { readForm, writeForm } from './form.js';
import { goNumber, javaScriptNumber, phpNumber, pythonNumber, rubyNumber } from './numbers.js';
import { JsonSyntaxError, parseJson } from './parse.js';
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

const unit = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
const string = (text: string) => JSON.stringify(text);
const escaping = (pattern: RegExp) => (text: string) => JSON.stringify(text).replace(pattern, unit);
/** As Python and most hand-written encoders have it: DEL is escaped, too. */
const notPrintable = escaping(/[\u007f-\uffff]/g);
const html = escaping(/[<>&\u2028\u2029]/g);

const compact = { comma: ',', colon: ':', indent: 0, string };

const dialects: Record<JsonDialect, Rules> = {
  js: { ...compact, number: javaScriptNumber },
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

/** A JSON value as the text that a dialect's encoder writes for it; keys keep their order. */
export function writeJson(value: Json, dialect: Dialect): string {
  return dialect === 'form' ? writeForm(value) : write(value, dialects[dialect], '');
}

/** The value that a body of a dialect stands for. Throws a JsonSyntaxError where it is not JSON. */
export function parseBody(body: Uint8Array, dialect: Dialect): Json {
  const text = Buffer.from(body.buffer, body.byteOffset, body.length).toString('utf8');
  return dialect === 'form' ? readForm(text) : parseJson(text);
}

/** A body as its provider's dialect reads it; undefined where it can't. */
export function parsedBody(body: Uint8Array, { dialect }: Pick<Provider, 'dialect'>): Json | undefined {
  try {
    return parseBody(body, dialect);
  } catch (error) {
    if (error instanceof JsonSyntaxError) return undefined;
    throw error;
  }
}

/** A JSON value as text that keeps its numbers as they are written, for people to edit and for comparing. */
export function writeFaithfully(value: Json, form: 'js' | 'pretty'): string {
  return write(value, { ...dialects[form], number: (text) => text }, '');
}

/** The names of all dialects of JSON. */
export const dialectNames = Object.keys(dialects) as JsonDialect[];

/** A text as it is, all else as JSON. */
export function textOfJson(value: Json): string {
  return typeof value === 'string' ? value : writeJson(value, 'js');
}
