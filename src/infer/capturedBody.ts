import { findHeader, type Header } from '../core/delivery.js';
import { UsageError } from '../core/errors.js';
import type { Dialect, FieldContent, FormDialect } from '../core/provider.js';
import { writeBody } from '../json/dialect.js';
import { dialectNames, encodeJson } from '../json/encodeJson.js';
import { FormBody } from '../json/formBody.js';
import { boundaryIn } from '../json/multipart.js';
import { JsonSyntaxError, parseJson } from '../json/parse.js';
import type { Json } from '../json/value.js';
import { completeDialect } from '../providers/complete.js';

/** A captured body as a sample can hold it, and the dialect that reads it so. */
export interface SampleReading {
  readonly value: Json;
  readonly dialect: Dialect;
}

/** The size in bytes above which only the first way to read a body is tried. */
const maxDeep = 1 << 20;

/** Returns how a captured body reads: as JSON, a form, the parts of `multipart` or a text; for anything else, the reason and a remedy. */
export function readCapturedBody(
  headers: readonly Header[],
  body: Uint8Array,
): SampleReading | { readonly reason: string } {
  const type = findHeader(headers, 'content-type') ?? '';
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.length);
  if (/^\s*multipart\/form-data/i.test(type)) return readParts(bytes, type);
  const text = bytes.toString('utf8');
  if (!Buffer.from(text).equals(bytes)) {
    return {
      reason:
        'its body is not UTF-8, so it can be no sample. A body that is packed or encrypted needs a function that makes it: see webhook-sim docs providers.',
    };
  }
  if (/form-urlencoded/i.test(type) && text !== '')
    return { value: FormBody.read(bytes, { kind: 'form' })!.value, dialect: 'form' };
  return readJsonOrText(text, type);
}

function readParts(bytes: Buffer, type: string): SampleReading | { readonly reason: string } {
  const form = { kind: 'multipart', boundary: boundaryIn(type) ?? '' } as const;
  const read = FormBody.read(bytes, form);
  if (read && bytes.toString('latin1', 0, form.boundary.length + 2) === `--${form.boundary}`) {
    return { value: read.value, dialect: 'multipart' };
  }
  return {
    reason: `its body is not made of parts with names that --${form.boundary || '…'} stands between, as its Content-Type says. Capture it to the byte: its lines end in CR LF.`,
  };
}

function readJsonOrText(text: string, type: string): SampleReading | { readonly reason: string } {
  try {
    if (text !== '') return { value: parseJson(text.replace(/^\ufeff/, '')), dialect: 'js' };
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    const isSaid = /\bjson\b/i.test(type) && !/json-?(?:seq|lines)/i.test(type);
    if (isSaid || (type === '' && /^\s*[[{]/.test(text))) {
      return {
        reason: `its body is not JSON: ${error.message}. Correct the capture, or, for a body that is text, its Content-Type.`,
      };
    }
  }
  return { value: text, dialect: 'text' };
}

/**
 * Returns a form or parts read deeper, where the same bytes come out again: names such as `data[id]` as objects and lists, and fields that hold JSON as what
 * they hold. Null where there is nothing deeper.
 */
export function readDeeper(
  body: Uint8Array,
  { dialect, value }: SampleReading,
  headers: readonly Header[],
): SampleReading | null {
  if ((dialect !== 'form' && dialect !== 'multipart') || body.length > maxDeep || !(value instanceof Map)) return null;
  const contents = contentsIn(value);
  for (const shape of possibleShapes([...value.keys()])) {
    if (Object.keys(shape).length + Object.keys(contents).length === 0) return null;
    const form: FormDialect = { kind: dialect, ...shape, ...(Object.keys(contents).length > 0 && { contents }) };
    const read = { value: FormBody.read(body, form)!.value, dialect: form };
    if (writesAgain(read, body, headers)) return read;
  }
  return null;
}

/** Returns whether a body that was read comes out again to the byte. */
export function writesAgain({ value, dialect }: SampleReading, body: Uint8Array, headers: readonly Header[]): boolean {
  try {
    return Buffer.compare(writeBody(value, completeDialect(dialect, headers)), body) === 0;
  } catch (error) {
    if (error instanceof UsageError) return false;
    throw error;
  }
}

/** The fields that hold an object or a list as JSON, and how that is written. */
function contentsIn(fields: ReadonlyMap<string, Json>): Record<string, FieldContent> {
  const found: [string, FieldContent][] = [];
  for (const [name, text] of fields) {
    if (typeof text !== 'string' || !/^[[{]/.test(text)) continue;
    const json = parsed(text);
    const dialect = json === undefined ? undefined : dialectNames.find((each) => encodeJson(json, each) === text);
    if (dialect !== undefined) found.push([name, dialect]);
  }
  return Object.fromEntries(found);
}

function parsed(text: string): Json | undefined {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof JsonSyntaxError) return undefined;
    throw error;
  }
}

/** Returns the ways in which field names may express objects and lists, the likeliest first; last that they express none. */
function possibleShapes(names: readonly string[]): Pick<FormDialect, 'nesting' | 'lists'>[] {
  const isNested = names.some((name) => /^[^[\]]+(?:\[[^[\]]*\])+$/.test(name));
  const lists = names.some((name) => name.includes('[]'))
    ? ({ lists: 'brackets' } as const)
    : names.some((name) => /\[\d+\]/.test(name))
      ? ({ lists: 'indices' } as const)
      : {};
  const nested = { nesting: 'brackets', ...lists } as const;
  return isNested ? [nested, { nesting: 'brackets' }, {}] : [{}];
}
