import type { Attempt, ExpectedAnswer, Outcome } from '../core/attempt.js';
import { parseDuration } from '../core/duration.js';
import type { Fact } from '../core/fact.js';
import { type FailureRule, parseFailureRule } from '../core/failure.js';
import type { Disabling, Policy, Renewal, RetrySchedule } from '../core/policy.js';
import type { EventSpec, Provider } from '../core/provider.js';
import { parseStatusRule, type StatusRule } from '../core/status.js';
import { approximateDelays, delaysWithin } from './approximateDelays.js';

/** The times of the attempts after the first one. */
export interface Schedule {
  /** Milliseconds between one attempt and the next. */
  readonly delaysMs: readonly number[];
  /** The source of the delays: the provider, our default, or the user. */
  readonly spacing: 'provider' | 'ours' | 'own';
}

/** The retries of an event: its own where it has some, else its provider's. */
export function retryOf(policy: Policy, event: EventSpec | undefined): Fact<RetrySchedule> | null {
  return event?.policy?.retry ?? policy.retry;
}

/** Returns the schedule of retries; null where the provider documents none. */
export function scheduleOf(retry: Fact<RetrySchedule> | null): Schedule | null {
  if (retry === null) return null;
  const { max, delays, for: total } = retry.value;
  if (delays) {
    return { delaysMs: delays.slice(0, max).map((delay) => parseDuration(delay, 'retry')), spacing: 'provider' };
  }
  const delaysMs = total === undefined ? approximateDelays(max ?? 0) : delaysWithin(parseDuration(total, 'retry'), max);
  return { delaysMs, spacing: 'ours' };
}

/** The default time limit where the provider documents none. */
const ownTimeLimitMs = 10_000;

/** The rules of one event: its own where it has some, else its provider's. */
export interface EventRules {
  readonly timeLimitMs: number;
  /** True for our default, false for the provider's limit. */
  readonly timeLimitIsOurs: boolean;
  readonly success: StatusRule;
  /** The success rule as written (`2xx`). */
  readonly successText: string;
  /** The default expectation of an answer: `accepted` if absent. */
  readonly expected?: ExpectedAnswer;
  /** The parts that a retry renews. */
  readonly resend: readonly Renewal[];
  /** Milliseconds between attempts, where the event's schedule differs from its provider's. */
  readonly delaysMs?: readonly number[];
  /** The failures that are retried; null for all. */
  readonly retriesOn?: FailureRule | null;
  /** True when a longer wait that an answer asks for is obeyed. */
  readonly obeysRetryAfter?: boolean;
  /** True when a delivery carries the number of its attempt, so that a retry is rebuilt even if nothing is renewed. */
  readonly tellsAttempt?: boolean;
  /** The rule by which the provider stops sending; null where it documents none. */
  readonly disabling: Disabling | null;
}

/** Returns the rules of an event; a forgery of it is expected to be rejected. */
export function eventRules(
  provider: Provider,
  event: EventSpec | undefined,
  expected: ExpectedAnswer = 'accepted',
): EventRules {
  const limit = event?.policy?.timeLimit ?? provider.policy.timeLimit;
  const retry = retryOf(provider.policy, event)?.value;
  const successText = (event?.policy?.success ?? provider.policy.success).value;
  return {
    timeLimitMs: limit ? parseDuration(limit.value, `${provider.name}: time limit`) : ownTimeLimitMs,
    timeLimitIsOurs: limit === null,
    success: parseStatusRule(successText, `${provider.name}: success rule`),
    successText,
    expected,
    resend: provider.policy.resend.value,
    ...(event?.policy?.retry && { delaysMs: scheduleOf(event.policy.retry)!.delaysMs }),
    retriesOn: retry?.on === undefined ? null : parseFailureRule(retry.on, `${provider.name}: retries`),
    obeysRetryAfter: retry?.obeysRetryAfter ?? false,
    tellsAttempt: tellsAttempt(provider),
    disabling: provider.policy.disabling?.value ?? null,
  };
}

/** Returns what the provider makes of an attempt, by its rule of which statuses are success. */
export function judgeAttempt(attempt: Attempt, success: StatusRule): Outcome {
  if (attempt.error) return attempt.error.kind;
  return attempt.status !== null && success(attempt.status) ? 'accepted' : 'rejected';
}

/** Returns whether an attempt is ok: it has a status that the user expects, or else that of the policy. */
export function isAttemptOk(
  attempt: Attempt,
  outcome: Outcome,
  { expected }: Pick<EventRules, 'expected'>,
  expect: StatusRule | null,
): boolean {
  if (expect) return attempt.error === null && attempt.status !== null && expect(attempt.status);
  return meetsExpectation(expected, attempt, outcome);
}

/**
 * Returns whether an attempt is as expected for its delivery. A forgery is rejected by a 4xx status only: a receiver that fails has not rejected it.
 */
function meetsExpectation(expected: ExpectedAnswer | undefined, { error, status }: Attempt, outcome: Outcome): boolean {
  if (expected === undefined || expected === 'accepted') return outcome === 'accepted';
  if (error !== null || status === null) return false;
  return expected === 'any' || (status >= 400 && status < 500);
}

/** Returns whether deliveries of a provider carry the number of their attempt. */
function tellsAttempt({ headers, values }: Provider): boolean {
  return (
    headers.some(([, value]) => typeof value !== 'string' && 'value' in value && value.on === 'retries') ||
    Object.values(values).some(({ kind }) => kind === 'attempt' || kind === 'outcome')
  );
}
