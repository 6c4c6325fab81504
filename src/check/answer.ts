import type { DeliveryEnded } from '../core/run.js';

/** Characters of an answer that are compared. */
const comparedLength = 16_384;

/** Times and ids, which differ from answer to answer. */
const moments =
  /\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?|[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d/g;
const isLongNumber = /^\d{9,}$/;

/** The words and signs of an answer's body, with a sign of its own for each time and id. */
export function answerTokens(event: DeliveryEnded): string[] {
  return tokensOf(event.attempts.at(-1)!.response?.body).map((token) => (isId(token) ? '{id}' : token));
}

/** The words and signs of a text, at most so many characters of it. */
export function tokensOf(bytes: Uint8Array | undefined): string[] {
  const text = Buffer.from(bytes ?? [])
    .subarray(0, comparedLength)
    .toString()
    .replace(moments, ' {time} ');
  return text.match(/\{time\}|[\p{L}\p{N}_.+/-]+|[^\s]/gu) ?? [];
}

function isId(token: string): boolean {
  return isLongNumber.test(token) || (token.length >= 12 && /\d/.test(token) && /\p{L}/u.test(token));
}

/** What tells one answer from another: its status and its body, whatever times and ids it holds. */
export function answerOf(event: DeliveryEnded): string {
  return `${event.attempts.at(-1)!.status} ${answerTokens(event).join(' ')}`;
}
