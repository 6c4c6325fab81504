import { parseDuration } from '../core/duration.js';
import type { ExpectedAnswer } from '../core/expected.js';
import type { Disabling, Renewal } from '../core/policy.js';
import type { EventSpec, Provider } from '../core/provider.js';
import { parseStatusRule, type StatusRule } from '../core/status.js';

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
  const successText = (event?.policy?.success ?? provider.policy.success).value;
  return {
    timeLimitMs: limit ? parseDuration(limit.value, `${provider.name}: time limit`) : ownTimeLimitMs,
    timeLimitIsOurs: limit === null,
    success: parseStatusRule(successText, `${provider.name}: success rule`),
    successText,
    expected,
    resend: provider.policy.resend.value,
    disabling: provider.policy.disabling?.value ?? null,
  };
}
