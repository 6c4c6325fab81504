import type { LoadCounts, LoadFailure } from '../core/load.js';
import type { LatencyHistograms } from './latencies.js';

/** The counts of one thread for one second. */
export interface PartSecond {
  readonly type: 'second';
  readonly counts: LoadCounts;
  /** Of `latencyBands`. */
  readonly bands: readonly number[];
  readonly latencies: LatencyHistograms;
  /** The end and length of the second. */
  readonly atSecond: number;
  readonly seconds: number;
}

/** The counts of one thread, without the warm-up. */
export interface PartEnded {
  readonly type: 'ended';
  readonly counts: LoadCounts;
  readonly latencies: LatencyHistograms;
  readonly failures: readonly LoadFailure[];
  /** Seconds since the start at which the last arrival was begun, but not before the time of the load is over, unless it was interrupted. */
  readonly endedAtSecond: number;
  /** Requests that were sent again at once. */
  readonly resent: number;
  /** The delay of the event loop: the 99th percentile, in milliseconds. */
  readonly eventLoopMs: number;
}

/** A part of a load that goes by: each second as it ends, and what it came to last. */
export interface LoadPart {
  next(): Promise<IteratorResult<PartSecond | PartEnded, void>>;
  /** Ends it, whatever it does. */
  return(): Promise<unknown>;
}

/** Deliveries in flight, counted by all threads of a load together. */
export class FlightCounter {
  /** `cells` are two numbers, zero at the start; in shared memory where several threads count. */
  constructor(private readonly cells: Int32Array = new Int32Array(2)) {}

  get now(): number {
    return Atomics.load(this.cells, 0);
  }

  /** The most that there were. */
  get most(): number {
    return Atomics.load(this.cells, 1);
  }

  /** Counts one more, but for those beyond a limit; returns whether it did. */
  begin(limit = Number.POSITIVE_INFINITY): boolean {
    let before = this.now;
    for (;;) {
      if (before >= limit) return false;
      const found = Atomics.compareExchange(this.cells, 0, before, before + 1);
      if (found === before) break;
      before = found;
    }
    let { most } = this;
    while (before >= most) {
      const found = Atomics.compareExchange(this.cells, 1, most, before + 1);
      if (found === most) break;
      most = found;
    }
    return true;
  }

  end(): void {
    Atomics.sub(this.cells, 0, 1);
  }
}

/** The part of a load that is one thread's: each `of`th arrival, from the `index`th on. */
export interface LoadShare {
  readonly index: number;
  readonly of: number;
}

/** All of a load. */
export const wholeLoad: LoadShare = { index: 0, of: 1 };
