import type { Header } from '../core/delivery.js';

/** Characters that are looked at; no codings that can be taken off have as many. */
const longest = 100;

/** The codings of an answer's body in the order in which they were applied, as `gzip` or `gzip, br`; null where there is none. */
export function contentEncodingOf(headers: readonly Header[]): string | null {
  const values = headers.filter(([name]) => name.toLowerCase() === 'content-encoding').map(([, value]) => value);
  const codings = values.flatMap((value) => value.toLowerCase().split(','));
  const applied = codings.map((coding) => coding.trim()).filter((coding) => coding !== '' && coding !== 'identity');
  return applied.length === 0 ? null : applied.join(', ').slice(0, longest);
}
