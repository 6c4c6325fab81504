import { UsageError } from '../../core/errors.js';
import type { Provider } from '../../core/provider.js';
import type { NameOf } from '../../options/option.js';
import { type Schedule, scheduleOf } from '../../policy/rules.js';
import type { RetryPlan } from '../../simulate/retries.js';
import type { RetrySettings } from './sendSettings.js';

/** How a run tries again, and whose schedule it is. */
export interface ResolvedRetry extends Schedule {
  readonly plan: RetryPlan;
}

/** The schedule that is given, else the provider's. Throws a UsageError where the provider tells nothing of one. */
export function resolveRetry({ delaysMs, speed }: RetrySettings, provider: Provider, nameOf: NameOf): ResolvedRetry {
  const schedule: Schedule | null = delaysMs ? { delaysMs, spacing: 'own' } : scheduleOf(provider.policy);
  if (schedule === null) {
    throw new UsageError(
      'NO_SCHEDULE',
      `${provider.title} does not say how often and when it retries. Give a schedule: ${nameOf('schedule')} 1m,10m,1h.`,
    );
  }
  return { ...schedule, plan: { delaysMs: schedule.delaysMs, speed, heedsDisabling: true } };
}
