import type { Fault } from '../core/attempt.js';
import type { PlannedDeliveries, PlannedDelivery } from './plan.js';

/** How deliveries go wrong deliberately. */
export interface Faults {
  /** How many times each is sent, one right after the other. */
  readonly copies: number;
  readonly fault: Fault | null;
}

/** The deliveries as they are sent where something goes wrong deliberately. */
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
