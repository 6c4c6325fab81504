import type { Attempt, Outcome } from './attempt.js';
import { findHeader } from './delivery.js';
import { badValue } from './errors.js';
import { parseStatusRule } from './status.js';

/** Says whether a failure is one of a rule's. */
export type FailureRule = (attempt: Pick<Attempt, 'status'>, outcome: Outcome) => boolean;

const failures = ['timed_out', 'broken', 'unreachable'] as const;

/** Reads which failures are meant: statuses, classes of them, and outcomes without an answer, with commas. `what` names it in the UsageError. */
export function parseFailureRule(text: string, what: string): FailureRule {
  const parts = text.split(',').map((part) => part.trim().toLowerCase());
  const outcomes = failures.filter((outcome) => parts.includes(outcome));
  const statuses = parts.filter((part) => !outcomes.some((outcome) => outcome === part));
  const unknown = statuses.find((part) => !/^[1-5](xx|\d\d)$/.test(part));
  if (unknown !== undefined) {
    throw badValue('BAD_FAILURE_RULE', what, {
      value: text,
      reason: `"${unknown}" is neither a status nor an outcome.`,
      hint: `Write classes (5xx), statuses (429), and ${failures.join(', ')}, with commas.`,
    });
  }
  const isStatus = statuses.length > 0 ? parseStatusRule(statuses.join(','), what) : () => false;
  return ({ status }, outcome) =>
    outcome === 'rejected'
      ? status !== null && isStatus(status)
      : failures.some((each) => each === outcome && outcomes.includes(each));
}

/**
 * Returns the milliseconds that an answer asks to wait before the next attempt, as seconds or a date; null where it asks for none or can't be read.
 */
export function readRetryAfter({ response }: Pick<Attempt, 'response'>, now: number): number | null {
  const text = response && findHeader(response.headers, 'retry-after')?.trim();
  if (!text) return null;
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const at = /^[A-Z][a-z]{2}, /.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}
