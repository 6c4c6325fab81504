import { parseDuration } from '../core/duration.js';
import type { Policy } from '../core/policy.js';

/** When the attempts after the first one come. */
export interface Schedule {
  /** Milliseconds between one attempt and the next. */
  readonly delaysMs: readonly number[];
  /** Whose spacing it is: the provider's, ours for want of one, or the user's own. */
  readonly spacing: 'provider' | 'ours' | 'own';
}

/** The first delay where a provider retries but does not say when; each one after it is twice as long. */
const firstOwnDelayMs = 10_000;

/** The retries of a provider; null where it says nothing of them. */
export function scheduleOf({ retry }: Policy): Schedule | null {
  if (retry === null) return null;
  const { max, delays } = retry.value;
  if (delays) {
    return { delaysMs: delays.slice(0, max).map((delay) => parseDuration(delay, 'retry')), spacing: 'provider' };
  }
  return { delaysMs: Array.from({ length: max }, (_, at) => firstOwnDelayMs * 2 ** at), spacing: 'ours' };
}
