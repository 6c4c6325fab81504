import { UsageError } from '../core/errors.js';
import { defaults, parseSchedule } from '../core/limits.js';
import type { Provider } from '../core/provider.js';
import { parseSpeed } from '../core/speed.js';
import { scheduleOf } from '../policy/schedule.js';
import type { RetryPlan } from '../simulate/retries.js';

/** How what is not accepted is tried again. */
export interface RetryOptions {
  /** Tries again on the provider's own schedule, until it would stop sending. */
  readonly retry?: boolean;
  /** Tries again after these durations between one attempt and the next (`['1m', '10m']`). */
  readonly schedule?: readonly string[];
  /** How much faster than in production the waits pass: `600x` (the default: ten minutes in a second), `1x` or `instant`. */
  readonly speed?: string;
}

/** The plan that the options make; null where nothing is tried again. Throws a UsageError where the provider tells no schedule. */
export function planRetries({ retry, schedule, speed }: RetryOptions, provider: Provider): RetryPlan | null {
  if (!retry && schedule === undefined) {
    if (speed === undefined) return null;
    throw new UsageError(
      'CONFLICT',
      'options.speed is the pace of retries. Add options.retry, or options.schedule such as ["5s", "1m"].',
    );
  }
  const delaysMs =
    schedule === undefined ? scheduleOf(provider.policy)?.delaysMs : parseSchedule(schedule, 'options.schedule');
  if (!delaysMs) {
    throw new UsageError(
      'NO_SCHEDULE',
      `${provider.title} does not say how often and when it retries. Give a schedule: options.schedule such as ['1m', '10m'].`,
    );
  }
  return { delaysMs, speed: parseSpeed(speed ?? defaults.retrySpeed, 'options.speed'), heedsDisabling: true };
}

/** Throws a UsageError where a forgery is to be tried again. */
export function assertNoForgedRetry(options: RetryOptions, isForged: boolean): void {
  if (!isForged || !isRetried(options)) return;
  throw new UsageError(
    'CONFLICT',
    'options.retry is what a provider does, options.forge what a forger does. Give one of them.',
  );
}

function isRetried({ retry, schedule }: Pick<RetryOptions, 'retry' | 'schedule'>): boolean {
  return retry === true || schedule !== undefined;
}
