import type { PlannedDeliveries } from '../../simulate/plan.js';
import type { RetryPlan } from '../../simulate/retries.js';
import type { Prepared } from './prepareSend.js';
import type { SendSettings } from './sendSettings.js';

/** Returns the deliveries with the deliberate faults applied. */
export async function applyFaults(
  deliveries: PlannedDeliveries,
  { copies, fault }: Pick<SendSettings, 'copies' | 'fault'>,
): Promise<PlannedDeliveries> {
  if (copies === 1 && fault === null) return deliveries;
  return (await import('../../simulate/faults.js')).withFaults(deliveries, { copies, fault });
}

/** Returns the retry plan; a body that was cut deliberately is sent again in full even without one. */
export function faultRetryPlan({ retry, settings: { fault } }: Pick<Prepared, 'retry' | 'settings'>): RetryPlan | null {
  if (retry) return retry.plan;
  return fault?.kind === 'cut-body' ? { delaysMs: [0], speed: 1, respectsDisabling: false } : null;
}
