import { UsageError } from '../../core/errors.js';
import type { Fact } from '../../core/fact.js';
import type { RetrySchedule } from '../../core/policy.js';
import type { Provider } from '../../core/provider.js';
import type { NameOf } from '../../options/option.js';
import { retryOf, type Schedule, scheduleOf } from '../../policy/rules.js';
import type { RetryPlan } from '../../simulate/retries.js';
import type { RetrySettings } from './sendSettings.js';

/** A retry plan, with its schedule. */
export interface ResolvedRetry extends Schedule {
  readonly plan: RetryPlan;
  /** The provider's documented schedule; null where the schedule is the user's own. */
  readonly fact: Fact<RetrySchedule> | null;
  /** Events among several that have a schedule of their own. */
  readonly exceptions: readonly { readonly event: string; readonly delaysMs: readonly number[] }[];
}

/** Returns the given schedule, else that of the provider and its events. Throws a UsageError where the provider documents none. */
export function resolveRetry(
  { delaysMs, speed }: RetrySettings,
  provider: Provider,
  events: readonly string[],
  nameOf: NameOf,
): ResolvedRetry {
  const plan = { speed, respectsDisabling: true };
  if (delaysMs) return { delaysMs, spacing: 'own', plan: { ...plan, delaysMs }, fact: null, exceptions: [] };
  const specOf = (event: string) => provider.events[event];
  const fact = retryOf(provider.policy, events.length === 1 ? specOf(events[0]!) : undefined);
  const schedule = scheduleOf(fact);
  if (schedule === null) {
    throw new UsageError(
      'NO_SCHEDULE',
      `${provider.title} does not say how often and when it retries. Give a schedule: ${nameOf('schedule')} 1m,10m,1h.`,
    );
  }
  const exceptions = events.flatMap((event) => {
    const own = scheduleOf(specOf(event)?.policy?.retry ?? null);
    return own && events.length > 1 ? [{ event, delaysMs: own.delaysMs }] : [];
  });
  return { ...schedule, plan: { ...plan, delaysMs: schedule.delaysMs, followsEvents: true }, fact, exceptions };
}
