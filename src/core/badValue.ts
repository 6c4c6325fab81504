import { UsageError } from './errors.js';

interface BadValue {
  readonly value: string;
  /** A sentence that follows the name and a colon. */
  readonly reason: string;
  readonly hint?: string;
}

/** The error for a value of an option, or at a place in a file; `what` names that. */
export function badValue(code: string, what: string, { value, reason, hint = '' }: BadValue): UsageError {
  const facts = { [/^-{1,2}[a-z]/i.test(what) ? 'option' : 'place']: what, value };
  return new UsageError(code, `${what}: ${reason}`, { hint, facts });
}
