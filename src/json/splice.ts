import { parsedBody } from './dialect.js';
import type { PathStep } from './path.js';
import { spanOf } from './span.js';

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
  if (parsedBody(body, { dialect: 'js' }) === undefined) return null;
  // One character for each byte, so that what is no UTF-8 stays as it is.
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
