import { excerpt } from '../core/printable.js';
import { findRepeatedKey } from '../json/repeatedKey.js';

/** Remarks on a body of JSON that has a key twice: its bytes are what was signed, and no parser keeps both. */
export function repeatedKeyNotes(body: Uint8Array): string[] {
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
  const path = /^\s*[[{]/.test(text) ? findRepeatedKey(text) : null;
  if (path === null) return [];
  return [
    `The body has the key ${excerpt(path, 80)} twice: both are signed, and parsers keep one of them, most the last. Where it is written again and signed again, the last one is left.`,
  ];
}
