import type { ReceivedResponse } from '../../core/attempt.js';
import { printable } from '../../core/printable.js';
import { grouped } from './words.js';

/** The size of an answer's body; of one that was encoded also how, and what it came to. */
export function bodySize({ bytes, contentEncoding, decodedBytes }: SizedBody): string {
  const size = `${grouped(bytes)} ${bytes === 1 ? 'byte' : 'bytes'}`;
  if (contentEncoding === undefined) return size;
  const coding = printable(contentEncoding);
  return `${size} of ${coding}${typeof decodedBytes === 'number' ? `, ${grouped(decodedBytes)} decoded` : ', not decoded'}`;
}

/** A sentence on a body that could not be decoded; null for any other. */
export function decodingRemark(response: Pick<ReceivedResponse, 'decodingProblem'> | null): string | null {
  const problem = response?.decodingProblem;
  return problem === undefined ? null : `the body of the answer is shown as it came: ${problem}`;
}

type SizedBody = Pick<ReceivedResponse, 'bytes' | 'contentEncoding' | 'decodedBytes'>;

/** A body as text; null where it is not UTF-8. A cut in the middle of a character does not count against it. */
export function bodyText(body: Uint8Array, truncated: boolean): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body, { stream: truncated });
  } catch {
    return null;
  }
}
