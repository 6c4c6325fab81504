import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';
import type { LoadLatency, LoadSecond } from '../core/load.js';

/** Times are kept in whole microseconds. */
const perMs = 1000;

/** Times in memory that does not grow with their number. */
export class LatencyHistogram {
  constructor(readonly histogram: RecordableHistogram = createHistogram()) {}

  record(ms: number): void {
    this.histogram.record(Math.max(1, Math.round(ms * perMs)));
  }

  /** Null where there were none. */
  summary(): LoadLatency | null {
    const { histogram } = this;
    if (histogram.count === 0) return null;
    const { min, max, mean } = histogram;
    const at = (percent: number) => Math.min(max, histogram.percentile(percent)) / perMs;
    const [p50, p90, p95, p99, p999] = [at(50), at(90), at(95), at(99), at(99.9)] as const;
    return { min: min / perMs, mean: mean / perMs, p50, p90, p95, p99, p999, max: max / perMs };
  }

  /** The share of the times that are longer than this many milliseconds; from 0 to 1. */
  shareOver(ms: number): number {
    const { histogram } = this;
    if (histogram.count === 0) return 0;
    let [low, high] = [0, 100];
    // The percentile at which they pass the limit.
    for (let step = 0; step < 20; step++) {
      const middle = (low + high) / 2;
      if (middle > 0 && histogram.percentile(middle) > ms * perMs) high = middle;
      else low = middle;
    }
    return (100 - high) / 100;
  }
}

/** The histograms of `Latencies`, as they go from a thread to another. */
export interface LatencyHistograms {
  readonly latency: RecordableHistogram;
  readonly service: RecordableHistogram;
  readonly late: RecordableHistogram;
}

/** The three times of deliveries: from when each was due, from when each was sent, and how much later than due that was. */
export class Latencies {
  readonly latency: LatencyHistogram;
  readonly service: LatencyHistogram;
  readonly late: LatencyHistogram;

  constructor(histograms?: LatencyHistograms) {
    this.latency = new LatencyHistogram(histograms?.latency);
    this.service = new LatencyHistogram(histograms?.service);
    this.late = new LatencyHistogram(histograms?.late);
  }

  histograms(): LatencyHistograms {
    const { latency, service, late } = this;
    return { latency: latency.histogram, service: service.histogram, late: late.histogram };
  }

  /** Adds the times of others. */
  add({ latency, service, late }: LatencyHistograms): void {
    this.latency.histogram.add(latency);
    this.service.histogram.add(service);
    this.late.histogram.add(late);
  }

  summary(): Pick<LoadSecond, 'latencyMs' | 'serviceMs' | 'lateMs'> {
    return { latencyMs: this.latency.summary(), serviceMs: this.service.summary(), lateMs: this.late.summary() };
  }
}
