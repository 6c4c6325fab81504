import { excerpt } from '../core/printable.js';
import { findRepeatedKeyIn } from '../json/repeatedKey.js';

/** Remarks on a body whose JSON has a key twice, also in a field of a form: its bytes are what was signed, and no parser keeps both. */
export function repeatedKeyNotes(body: Uint8Array): string[] {
  const path = findRepeatedKeyIn(body);
  if (path === null) return [];
  return [
    `The body has the key ${excerpt(path, 80)} twice: both are signed, and parsers keep one of them, most the last. Where it is written again and signed again, the last one is left.`,
  ];
}
