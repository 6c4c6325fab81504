import { JsonSyntaxError, parseJson } from './parse.js';
import type { PathStep } from './path.js';

/** A place in a text: its start, and the end (exclusive). */
export type Span = readonly [start: number, end: number];

const space = /[ \t\n\r]*/y;
const string = /"(?:[^"\\]|\\.)*"/y;
const scalar = /[^ \t\n\r,\]}]+/y;

/** Returns the place of the value at a path in JSON, in characters, the end exclusive; null for none. */
export function spanOf(text: string, steps: readonly PathStep[]): Span | null {
  let at = skip(space, text, 0);
  for (const step of steps) {
    const found = childAt(text, at, step);
    if (found === null) return null;
    at = found;
  }
  return [at, valueEnd(text, at)];
}

/** Returns the start of a member or item of the value at a place; of repeated keys the last one counts. */
function childAt(text: string, start: number, step: PathStep): number | null {
  const isObject = text[start] === '{';
  if (!isObject && text[start] !== '[') return null;
  let found: number | null = null;
  let at = skip(space, text, start + 1);
  for (let index = 0; text[at] !== '}' && text[at] !== ']'; index++) {
    let name: PathStep = index;
    if (isObject) {
      const end = skip(string, text, at);
      name = JSON.parse(text.slice(at, end)) as string;
      at = skip(space, text, skip(space, text, end) + 1);
    }
    if (isObject ? name === String(step) : name === step) found = at;
    at = skip(space, text, valueEnd(text, at));
    if (text[at] === ',') at = skip(space, text, at + 1);
  }
  return found;
}

function valueEnd(text: string, start: number): number {
  if (text[start] === '"') return skip(string, text, start);
  if (text[start] !== '{' && text[start] !== '[') return skip(scalar, text, start);
  let depth = 0;
  for (let at = start; ; ) {
    const char = text[at];
    if (char === '"') {
      at = skip(string, text, at);
      continue;
    }
    if (char === '{' || char === '[') depth++;
    else if (char === '}' || char === ']') depth--;
    at++;
    if (depth === 0) return at;
  }
}

function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

/**
 * JSON bytes with the value at a path written again by `change`, which is given its text as bytes of Latin-1; all other bytes stay.
 * Null where the bytes are not JSON or have nothing at the path.
 */
export function splice(
  body: Uint8Array,
  steps: readonly PathStep[],
  change: (text: string) => string,
): Uint8Array | null {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.length);
  if (!isJson(bytes)) return null;
  // One character for each byte, so that invalid UTF-8 is preserved.
  const text = bytes.toString('latin1');
  const span = spanOf(text, steps.map(asLatin1));
  if (!span) return null;
  const [start, end] = span;
  const changed = Buffer.from(change(text.slice(start, end)), 'latin1');
  return Buffer.concat([bytes.subarray(0, start), changed, bytes.subarray(end)]);
}

/** Text as it looks where its UTF-8 bytes are read as Latin-1. */
export function asLatin1<T extends PathStep>(text: T): T {
  return (typeof text === 'string' && /[^\0-\x7f]/.test(text) ? Buffer.from(text).toString('latin1') : text) as T;
}

function isJson(bytes: Buffer): boolean {
  try {
    parseJson(bytes.toString('utf8'));
    return true;
  } catch (error) {
    if (error instanceof JsonSyntaxError) return false;
    throw error;
  }
}
