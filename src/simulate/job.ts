import type { Attempt, Fault } from '../core/attempt.js';
import type { Delivery } from '../core/delivery.js';
import type { PlannedDelivery } from './plan.js';

/** A delivery on its way through its attempts. */
export interface Job {
  readonly planned: PlannedDelivery;
  /** The delivery sent last, or to be sent first. */
  delivery: Delivery;
  readonly attempts: Attempt[];
  /** The number of attempts that were repeated at once, outside any schedule. */
  resent: number;
  /** Milliseconds from the first attempt to the next one on the provider's own clock. */
  scheduledAtMs: number;
}

/** A delivery before its first attempt. */
export function createJob(planned: PlannedDelivery): Job {
  return { planned, delivery: planned.delivery, attempts: [], resent: 0, scheduledAtMs: 0 };
}

/** Returns the deliberate fault of the next attempt: a connection is cut in the first one only. */
export function faultOf({ planned: { fault }, attempts, resent }: Job): Fault | null {
  if (!fault || (fault.kind === 'cut-body' && attempts.length > resent)) return null;
  return fault;
}
