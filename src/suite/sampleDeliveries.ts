import { type DeliveryEnded, isOddOnTheWire } from '../core/run.js';

/** Deliveries of one result that are kept whole; of those beyond them only the sums go on. */
export const maxKept = 1000;

/** The deliveries that are worth keeping, in their order: those that failed, or were odd on the wire, before all others. */
export function sampleDeliveries(
  deliveries: readonly DeliveryEnded[],
  most: number = maxKept,
): readonly DeliveryEnded[] {
  if (deliveries.length <= most) return deliveries;
  const matters = (each: DeliveryEnded) => !each.ok || isOddOnTheWire(each);
  const relevant = Math.min(most, deliveries.filter(matters).length);
  const room = { relevant, others: most - relevant };
  return deliveries.filter((each) => room[matters(each) ? 'relevant' : 'others']-- > 0);
}

/** Gathers deliveries in memory that does not grow with their number. */
export class DeliverySampler {
  /** The number of deliveries. */
  count = 0;
  private kept: DeliveryEnded[] = [];

  add(delivery: DeliveryEnded): void {
    this.count++;
    this.kept.push(delivery);
    if (this.kept.length >= 2 * maxKept) this.kept = [...sampleDeliveries(this.kept)];
  }

  get deliveries(): readonly DeliveryEnded[] {
    return sampleDeliveries(this.kept);
  }
}
