import type { Attempt } from '../core/attempt.js';
import type { Outcome } from '../core/outcome.js';
import type { StatusRule } from '../core/status.js';

/** What the provider makes of an attempt, by its rule of which statuses are success. */
export function judgeAttempt(attempt: Attempt, success: StatusRule): Outcome {
  if (attempt.error) return attempt.error.kind;
  return attempt.status !== null && success(attempt.status) ? 'accepted' : 'rejected';
}
