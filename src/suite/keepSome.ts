import type { DeliveryEnded } from '../core/run.js';

/** Deliveries of one result that are kept whole; of those beyond them only the sums go on. */
export const mostKept = 1000;

/** The deliveries that are worth keeping, in their order: those that failed before all others. */
export function keepSome(deliveries: readonly DeliveryEnded[], most: number = mostKept): readonly DeliveryEnded[] {
  if (deliveries.length <= most) return deliveries;
  const failed = Math.min(most, deliveries.filter(({ ok }) => !ok).length);
  const room = { failed, passed: most - failed };
  return deliveries.filter(({ ok }) => room[ok ? 'passed' : 'failed']-- > 0);
}

/** Gathers deliveries in memory that does not grow with their number. */
export class Gathering {
  /** How many there were. */
  count = 0;
  private kept: DeliveryEnded[] = [];

  add(delivery: DeliveryEnded): void {
    this.count++;
    this.kept.push(delivery);
    if (this.kept.length >= 2 * mostKept) this.kept = [...keepSome(this.kept)];
  }

  get deliveries(): readonly DeliveryEnded[] {
    return keepSome(this.kept);
  }
}
