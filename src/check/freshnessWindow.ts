import { formatDuration } from '../core/duration.js';
import type { Provider } from '../core/provider.js';
import type { DeliveryEnded } from '../core/run.js';
import { hasTimelessSignature } from '../forge/neededFields.js';
import type { CheckCase } from './cases/case.js';
import type { Judged, JudgedCase } from './judgeCase.js';

/** The forgery that shows whether a signed time is looked at. */
const unsignedTime = 'unsigned-timestamp';

/** Returns whether a receiver verifies the provider's signature that does not cover the time; it does where it accepts an unsigned time. */
export function verifiesTimeless(
  provider: Provider,
  { name }: CheckCase,
  ended: readonly DeliveryEnded[],
  judgedCases: readonly JudgedCase[],
): boolean {
  if (!hasTimelessSignature(provider)) return false;
  if (name === unsignedTime) return ended.at(-1)?.outcome === 'accepted';
  return judgedCases.some(({ case: one, ended: { deliveries } }) => {
    return one.name === unsignedTime && deliveries.at(-1)?.outcome === 'accepted';
  });
}

/** A measurement of the greatest age that a signed time may have; it is reported, but no finding. */
export const freshnessCase: CheckCase = {
  name: 'freshness-window',
  class: 'must-reject',
  sent: 'genuine deliveries of different ages, to see how old one may be',
  why: 'As long as a signed time is accepted, a delivery that somebody saw can be sent again.',
  fix: "Reject a signed time that is older than the provider's advice, 5 minutes where there is none.",
  forge: 'stale-timestamp',
  judges: 'freshness',
  advisory: true,
  alone: true,
};

/** Requests that the search may send. */
export const maxFreshnessRequests = 12;

const hour = 3600;
const year = 365 * 24 * hour;
/** The tolerance that most providers advise. */
const defaultToleranceSeconds = 300;

/** The range, in seconds, of the greatest accepted age. */
export interface FreshnessWindow {
  readonly accepted: number;
  /** Null where even the oldest was accepted. */
  readonly rejected: number | null;
}

/** Searches the greatest age that is accepted; null where an answer was inconclusive. */
export async function measureFreshness(
  isAccepted: (ageSeconds: number) => Promise<boolean | null>,
): Promise<FreshnessWindow | null> {
  let accepted = 0;
  let rejected: number | null = null;
  let requests = 0;
  const tryAge = async (age: number): Promise<boolean> => {
    requests++;
    const is = await isAccepted(age);
    if (is === null) return false;
    if (is) accepted = Math.max(accepted, age);
    else rejected = Math.min(rejected ?? Number.POSITIVE_INFINITY, age);
    return true;
  };
  for (const age of [hour, year]) {
    if (rejected === null && !(await tryAge(age))) return null;
  }
  while (rejected !== null && requests < maxFreshnessRequests && rejected - accepted > Math.max(1, accepted / 100)) {
    // Windows of minutes and of days are alike likely, so the middle of a wide range is that of its logarithm.
    const isWide = rejected > accepted * 8 && rejected > 64;
    const middle: number = isWide ? Math.sqrt(Math.max(accepted, 4) * rejected) : (accepted + rejected) / 2;
    if (!(await tryAge(Math.round(middle * 2) / 2))) return null;
  }
  return { accepted, rejected };
}

/** Judges a measured window. */
export function judgeFreshness(window: FreshnessWindow | null, { freshness }: Provider): Judged {
  if (window === null)
    return { symptom: 'unknown', verdict: 'not_judged', reason: 'the answers do not show the limit' };
  const advised = freshness?.toleranceSeconds;
  const advice =
    advised === undefined ? `${defaultToleranceSeconds} s are usual` : `the provider's advice is ${advised} s`;
  const { accepted, rejected } = window;
  if (rejected === null) {
    const reason = `accepts signatures of any age; ${advice}`;
    return { symptom: 'excused', verdict: 'remark', reason };
  }
  const seconds = roundBetween(accepted, rejected);
  const reason = `accepts signatures up to ${seconds} s old${seconds > 5 * hour ? ` (${formatDuration(seconds * 1000)})` : ''}; ${advice}`;
  const isWide = accepted > (advised ?? defaultToleranceSeconds) * 1.1;
  return isWide ? { symptom: 'excused', verdict: 'remark', reason } : { symptom: 'fine', verdict: 'passed', reason };
}

/** The roundest number of seconds in a range: people write 300 and not 299.5. */
function roundBetween(from: number, to: number): number {
  for (const step of [86_400, 3600, 600, 300, 60, 30, 10, 5, 1]) {
    const multiple = Math.floor(to / step) * step;
    if (multiple >= from && multiple > 0) return multiple;
  }
  return Math.round(from);
}
