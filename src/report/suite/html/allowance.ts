import type { DeliveryEnded } from '../../../core/run.js';

const mostFailed = 1000;
const mostOthers = 500;

/** How many deliveries a page shows whole, so that the page of a large run still opens. */
export class Allowance {
  private failed = mostFailed;
  private others = mostOthers;
  /** Deliveries that were not shown. */
  left = 0;

  /** Which deliveries are shown; those that matter because they failed have an allowance of their own. */
  take(deliveries: readonly DeliveryEnded[], matters: (each: DeliveryEnded) => boolean): DeliveryEnded[] {
    const taken = deliveries.filter((each) => (matters(each) ? this.failed-- > 0 : this.others-- > 0));
    this.left += deliveries.length - taken.length;
    return taken;
  }

  /** What was left out, in a sentence; null where nothing was. */
  sentence(): string | null {
    if (this.left === 0) return null;
    return `Left out: request and answer of ${this.left} deliveries. This page has those of the first ${mostFailed} that failed and of ${mostOthers} others; the reports json and har have more.`;
  }
}
