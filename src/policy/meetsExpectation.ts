import type { Attempt } from '../core/attempt.js';
import type { ExpectedAnswer } from '../core/expected.js';
import type { Outcome } from '../core/outcome.js';

/** Whether an attempt is what is expected of its delivery. A forgery is rejected by a status of the class 4xx: a receiver that fails at it has not rejected it. */
export function meetsExpectation(
  expected: ExpectedAnswer | undefined,
  { error, status }: Attempt,
  outcome: Outcome,
): boolean {
  if (expected === undefined || expected === 'accepted') return outcome === 'accepted';
  if (error !== null || status === null) return false;
  return expected === 'any' || (status >= 400 && status < 500);
}
