import type { RecordableHistogram } from 'node:perf_hooks';
import type { Latency } from '../core/run.js';

/** So many are kept as they are, for exact percentiles; more go into a histogram of fixed size. */
const kept = 1000;

/** Latencies in milliseconds, in memory that does not grow with their number. */
export class Latencies {
  private count = 0;
  private sum = 0;
  private min = Number.POSITIVE_INFINITY;
  private max = 0;
  private first: number[] = [];
  private histogram: RecordableHistogram | null = null;
  private loading = false;

  add(ms: number): void {
    this.count++;
    this.sum += ms;
    this.min = Math.min(this.min, ms);
    this.max = Math.max(this.max, ms);
    if (this.histogram) this.histogram.record(microseconds(ms));
    else this.first.push(ms);
    if (this.first.length > kept && !this.loading) {
      this.loading = true;
      import('node:perf_hooks').then(({ createHistogram }) => {
        const histogram = createHistogram();
        for (const early of this.first) histogram.record(microseconds(early));
        this.first = [];
        this.histogram = histogram;
      });
    }
  }

  /** Null where there were none. */
  summary(): Latency | null {
    if (this.count === 0) return null;
    const sorted = this.first.sort((a, b) => a - b);
    const at = (percent: number) =>
      this.histogram
        ? Math.min(this.max, this.histogram.percentile(percent) / 1000)
        : sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)]!;
    return { min: this.min, mean: this.sum / this.count, p50: at(50), p95: at(95), p99: at(99), max: this.max };
  }
}

function microseconds(ms: number): number {
  return Math.max(1, Math.round(ms * 1000));
}
