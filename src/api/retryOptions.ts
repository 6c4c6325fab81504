import { UsageError } from '../core/errors.js';
import { defaults, parseSchedule } from '../core/limits.js';
import type { Provider } from '../core/provider.js';
import { parseSpeed } from '../core/speed.js';
import { scheduleOf } from '../policy/schedule.js';
import type { RetryPlan } from '../simulate/retries.js';

/** How what is not accepted is tried again. */
export interface RetryOptions {
  /** Durations between one attempt and the next (`['1m', '10m']`); by default the provider's own schedule. */
  readonly schedule?: readonly string[];
  /** How much faster than in production the waits pass: `600x` (the default: ten minutes in a second), `1x` or `instant`. */
  readonly speed?: string;
}

/** The plan that the options make; null where nothing is tried again. Throws a UsageError where the provider tells no schedule. */
export function planRetries(retry: true | RetryOptions | undefined, provider: Provider): RetryPlan | null {
  if (retry === undefined) return null;
  const { schedule, speed = defaults.retrySpeed } = retry === true ? {} : retry;
  const delaysMs =
    schedule === undefined ? scheduleOf(provider.policy)?.delaysMs : parseSchedule(schedule, 'retry.schedule');
  if (!delaysMs) {
    throw new UsageError(
      'NO_SCHEDULE',
      `${provider.title} does not say how often and when it retries. Give a schedule: retry: { schedule: ['1m', '10m'] }.`,
    );
  }
  return { delaysMs, speed: parseSpeed(speed, 'retry.speed'), heedsDisabling: true };
}

/** Throws the UsageError for a forgery that is to be tried again. */
export function refuseForgedRetry(): never {
  throw new UsageError('CONFLICT', 'retry is what a provider does, forge what a forger does. Give one of them.');
}
