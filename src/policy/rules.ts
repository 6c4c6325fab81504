import type { Attempt, ExpectedAnswer, Outcome } from '../core/attempt.js';
import { parseDuration } from '../core/duration.js';
import type { Fact } from '../core/fact.js';
import { type FailureRule, parseFailureRule } from '../core/failure.js';
import type { Disabling, Policy, Renewal, RetrySchedule } from '../core/policy.js';
import type { EventSpec, Provider } from '../core/provider.js';
import { parseStatusRule, type StatusRule } from '../core/status.js';
import { approximateDelays, delaysWithin } from './approximateDelays.js';

/** When the attempts after the first one come. */
export interface Schedule {
  /** Milliseconds between one attempt and the next. */
  readonly delaysMs: readonly number[];
  /** Whose spacing it is: the provider's, ours for want of one, or the user's own. */
  readonly spacing: 'provider' | 'ours' | 'own';
}

/** The retries of an event: its own where it has some, else its provider's. */
export function retryOf(policy: Policy, event: EventSpec | undefined): Fact<RetrySchedule> | null {
  return event?.policy?.retry ?? policy.retry;
}

/** The schedule of retries; null where the provider says nothing of them. */
export function scheduleOf(retry: Fact<RetrySchedule> | null): Schedule | null {
  if (retry === null) return null;
  const { max, delays, for: total } = retry.value;
  if (delays) {
    return { delaysMs: delays.slice(0, max).map((delay) => parseDuration(delay, 'retry')), spacing: 'provider' };
  }
  const delaysMs = total === undefined ? approximateDelays(max ?? 0) : delaysWithin(parseDuration(total, 'retry'), max);
  return { delaysMs, spacing: 'ours' };
}

/** What the tool waits where the provider documents no time limit. */
const ownTimeLimitMs = 10_000;

/** The rules of one event: its own where it has some, else its provider's. */
export interface EventRules {
  readonly timeLimitMs: number;
  /** Whose limit it is: the provider's, or ours for want of one. */
  readonly timeLimitIsOurs: boolean;
  readonly success: StatusRule;
  /** The success rule as written (`2xx`). */
  readonly successText: string;
  /** What has to come of it where nobody says otherwise: `accepted` where this does not say another. */
  readonly expected?: ExpectedAnswer;
  /** What a retry makes again. */
  readonly resend: readonly Renewal[];
  /** Milliseconds between attempts, where the event has a schedule of its own that differs from its provider's. */
  readonly delaysMs?: readonly number[];
  /** Which failures are tried again; null where all are. */
  readonly retriesOn?: FailureRule | null;
  /** Whether a longer wait that an answer asks for is granted. */
  readonly obeysRetryAfter?: boolean;
  /** Whether a delivery tells which attempt it is, so that a retry is made again though nothing of it is renewed. */
  readonly tellsAttempt?: boolean;
  /** When the provider stops sending; null where it says nothing of that. */
  readonly disabling: Disabling | null;
}

/** The rules of an event; a forgery of it is expected to end otherwise. */
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

/** Returns whether an attempt is ok: it has a status that is asked for in place of the policy's rule, or else is what is expected of its delivery. */
export function isAttemptOk(
  attempt: Attempt,
  outcome: Outcome,
  { expected }: Pick<EventRules, 'expected'>,
  expect: StatusRule | null,
): boolean {
  if (expect) return attempt.error === null && attempt.status !== null && expect(attempt.status);
  return meetsExpectation(expected, attempt, outcome);
}

/** Returns whether an attempt is what is expected of its delivery. A forgery is rejected by a status of the class 4xx: a receiver that fails at it has not rejected it. */
function meetsExpectation(expected: ExpectedAnswer | undefined, { error, status }: Attempt, outcome: Outcome): boolean {
  if (expected === undefined || expected === 'accepted') return outcome === 'accepted';
  if (error !== null || status === null) return false;
  return expected === 'any' || (status >= 400 && status < 500);
}

/** Returns whether deliveries of a provider tell which attempt they are. */
function tellsAttempt({ headers, values }: Provider): boolean {
  return (
    headers.some(([, value]) => typeof value !== 'string' && 'value' in value && value.on === 'retries') ||
    Object.values(values).some(({ kind }) => kind === 'attempt' || kind === 'outcome')
  );
}
