import { UsageError } from '../core/errors.js';
import type { DeliveryEnded } from '../core/run.js';
import { parseStatusRule } from '../core/status.js';

/** Says whether an answer rejects what was sent. */
export type RejectionRule = (event: DeliveryEnded) => boolean;

const bodyPrefix = 'body:';

/** Reads what a rejection looks like: a status (`4xx`, `200,401`), or `body:` and a text that its body holds. Throws a UsageError for any other. */
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
