import { UsageError } from '../core/errors.js';
import type { FormEntry } from './form.js';
import type { PlacedField } from './placedField.js';
import type { Json, JsonObject } from './value.js';

/** The syntax of a boundary (RFC 2046, 5.1.1). */
const boundaryForm = /^[0-9A-Za-z'()+_,./:=? -]{0,69}[0-9A-Za-z'()+_,./:=?-]$/;
/** The head of a part that is longer is none. */
const maxHead = 8192;

/** Returns whether a text can be the boundary of `multipart`. */
export function isBoundary(text: string): boolean {
  return boundaryForm.test(text);
}

/** The boundary that a Content-Type names; null for none. */
export function boundaryIn(contentType: string): string | null {
  const [, quoted, bare] = /;\s*boundary=(?:"([^"]*)"|([^\s;"]+))/i.exec(contentType) ?? [];
  return quoted ?? bare ?? null;
}

/** Fields as the parts of `multipart/form-data`. Throws a UsageError for a text that holds the boundary. */
export function writeMultipart(fields: readonly FormEntry[], boundary: string): Buffer {
  const pieces: (string | Uint8Array)[] = [];
  for (const [name, value] of fields) {
    const { head, content } = encodePart(name, value);
    if (content.includes(`\r\n--${boundary}`) || content.indexOf(`--${boundary}`) === 0) {
      throw new UsageError(
        'BOUNDARY_IN_FIELD',
        `The field ${name} holds --${boundary}, which stands between the parts. Name another boundary in the header Content-Type.`,
      );
    }
    pieces.push(`--${boundary}\r\nContent-Disposition: form-data; ${head}\r\n\r\n`, content, '\r\n');
  }
  pieces.push(`--${boundary}--\r\n`);
  return Buffer.concat(pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : piece)));
}

function encodePart(name: string, value: Json): { readonly head: string; readonly content: Buffer } {
  const field = `name="${escaped(name)}"`;
  if (!(value instanceof Map)) return { head: field, content: Buffer.from(String(value)) };
  const text = (key: string) => value.get(key) as string | undefined;
  const file = text('$file') === undefined ? '' : `; filename="${escaped(text('$file')!)}"`;
  const type = text('$type') === undefined ? '' : `\r\nContent-Type: ${text('$type')!.replace(/[\r\n]/g, ' ')}`;
  const base64 = text('$base64');
  return {
    head: `${field}${file}${type}`,
    content: base64 === undefined ? Buffer.from(text('$text')!) : Buffer.from(base64, 'base64'),
  };
}

/** A name in quotes, as browsers write it (https://html.spec.whatwg.org/#multipart-form-data). */
function escaped(name: string): string {
  return name.replace(/[\r\n"]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
}

function unescaped(name: string): string {
  return name.replace(/%0A|%0D|%22/gi, (code) => decodeURIComponent(code)).replace(/\\(["\\])/g, '$1');
}

/** Returns the parts of a body, in order; null where it is not divided by this boundary, or, for null, by any one text. */
export function placeParts(body: Buffer, given: string | null): PlacedField[] | null {
  const boundary = given ?? /^--([^\r\n]{1,70})\r?\n/.exec(body.toString('latin1', 0, 100))?.[1]?.trimEnd();
  if (boundary === undefined) return null;
  const mark = `--${boundary}`;
  const fields: PlacedField[] = [];
  let at = body.indexOf(mark);
  if (at !== 0 && body.toString('latin1', at - 2, at) !== '\r\n') return null;
  while (at >= 0) {
    const start = at + mark.length;
    if (body.toString('latin1', start, start + 2) === '--') return fields;
    const headEnd = body.indexOf('\r\n\r\n', start);
    const next = body.indexOf(`\r\n${mark}`, Math.max(start, headEnd + 2));
    if (headEnd < 0 || next < 0 || headEnd - start > maxHead) return null;
    const head = body.toString('utf8', start, headEnd);
    const name = /^content-disposition:[^\r\n]*?;\s*name="((?:[^"\\]|\\.)*)"/im.exec(head)?.[1];
    if (name === undefined) return null;
    const span = [headEnd + 4, Math.max(headEnd + 4, next)] as const;
    fields.push({ name: unescaped(name), value: readPart(head, body.subarray(...span)), span, whole: [at, next + 2] });
    at = next + 2;
  }
  return null;
}

function readPart(head: string, content: Buffer): Json {
  const file = /^content-disposition:[^\r\n]*?;\s*filename="((?:[^"\\]|\\.)*)"/im.exec(head)?.[1];
  const type = /^content-type:[ \t]*([^\r\n]*)/im.exec(head)?.[1];
  const text = content.toString('utf8');
  const isText = Buffer.from(text).equals(content);
  if (file === undefined && type === undefined && isText) return text;
  const part: JsonObject = new Map();
  if (file !== undefined) part.set('$file', unescaped(file));
  if (type !== undefined) part.set('$type', type);
  return part.set(isText ? '$text' : '$base64', isText ? text : content.toString('base64'));
}
