import { UsageError } from '../core/errors.js';
import type { Dialect, JsonDialect, Provider } from '../core/provider.js';
import { encodeJson } from './encodeJson.js';
import { formOf } from './form.js';
import { FormBody, writeForm } from './formBody.js';
import { JsonSyntaxError, parseJson } from './parse.js';
import { type Json, jsonType } from './value.js';

/** Returns whether a dialect is one of JSON. */
export function isJson(dialect: Dialect): dialect is JsonDialect {
  return typeof dialect !== 'object' && dialect !== 'text' && formOf(dialect) === null;
}

/** Encodes a value in a dialect; keys keep their order. Throws a UsageError for a value that the dialect can't write. */
export function writeBody(value: Json, dialect: Dialect): Buffer {
  const form = formOf(dialect);
  return form ? Buffer.from(writeForm(value, form)) : Buffer.from(writeJson(value, dialect));
}

/** The same as text. */
export function writeJson(value: Json, dialect: Dialect): string {
  if (formOf(dialect)) return writeBody(value, dialect).toString('utf8');
  if (isJson(dialect)) return encodeJson(value, dialect);
  if (typeof value === 'string') return value;
  throw new UsageError('NOT_TEXT', `The payload can't be sent as text: it is ${jsonType(value)}. Give a text.`);
}

/** Parses a body of a dialect. Throws a JsonSyntaxError where it is not JSON. */
export function parseBody(body: Uint8Array, dialect: Dialect): Json {
  const form = formOf(dialect);
  if (form) {
    const read = FormBody.read(body, form);
    if (read) return read.value;
    throw new JsonSyntaxError('expected the parts of multipart/form-data', 1, 1);
  }
  const text = Buffer.from(body.buffer, body.byteOffset, body.length).toString('utf8');
  return dialect === 'text' ? text : parseJson(text);
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

/** A text as it is, all else as JSON. */
export function textOfJson(value: Json): string {
  return typeof value === 'string' ? value : encodeJson(value, 'js');
}
