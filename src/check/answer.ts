import { UsageError } from '../core/errors.js';
import type { DeliveryEnded } from '../core/run.js';
import { parseStatusRule } from '../core/status.js';

/** Returns whether an answer rejects the request. */
export type RejectionRule = (event: DeliveryEnded) => boolean;

const bodyPrefix = 'body:';

/** Reads a rule for rejections: a status (`4xx`, `200,401`), or `body:` and a text that its body holds. Throws a UsageError for any other text. */
export function parseRejectionRule(text: string, what: string): RejectionRule {
  if (text.startsWith(bodyPrefix)) {
    const part = text.slice(bodyPrefix.length);
    if (part === '') throw new UsageError('BAD_REJECTION', `${what}: body: needs the text that a rejection holds.`);
    return ({ attempts }) =>
      Buffer.from(attempts.at(-1)!.response?.body ?? [])
        .toString()
        .includes(part);
  }
  const rule = parseStatusRule(text, what);
  return ({ attempts }) => {
    const { status, error } = attempts.at(-1)!;
    return error === null && status !== null && rule(status);
  };
}

/** Characters of an answer that are compared. */
const comparedLength = 16_384;

/** Times and ids, which differ from answer to answer. */
const moments =
  /\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?|[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d/g;
const isLongNumber = /^\d{9,}$/;

/** The words and signs of an answer's body, with a placeholder for each time and id. */
export function answerTokens(event: DeliveryEnded): string[] {
  return tokenize(event.attempts.at(-1)!.response?.body).map((token) => (isId(token) ? '{id}' : token));
}

/** The words and signs of a text, at most so many characters of it. */
export function tokenize(bytes: Uint8Array | undefined): string[] {
  const text = Buffer.from(bytes ?? [])
    .subarray(0, comparedLength)
    .toString()
    .replace(moments, ' {time} ');
  return text.match(/\{time\}|[\p{L}\p{N}_.+/-]+|[^\s]/gu) ?? [];
}

function isId(token: string): boolean {
  return isLongNumber.test(token) || (token.length >= 12 && /\d/.test(token) && /\p{L}/u.test(token));
}

/** Returns a text that identifies an answer: its status and its body, without times and ids. */
export function answerKey(event: DeliveryEnded): string {
  return `${event.attempts.at(-1)!.status} ${answerTokens(event).join(' ')}`;
}
