import type { Fault } from '../core/attempt.js';
import type { PlannedDeliveries, PlannedDelivery } from './plan.js';

/** Deliberate faults of deliveries. */
export interface Faults {
  /** The number of times that each is sent in a row. */
  readonly copies: number;
  readonly fault: Fault | null;
}

/** Yields the deliveries as they are sent, with the deliberate faults. */
export async function* withFaults(
  deliveries: PlannedDeliveries,
  { copies, fault }: Faults,
): AsyncGenerator<PlannedDelivery, void> {
  for await (const planned of deliveries) {
    const faulty = fault ? { ...planned, fault } : planned;
    if (copies === 1) yield faulty;
    else for (let number = 1; number <= copies; number++) yield { ...faulty, copy: { number, of: copies } };
  }
}
