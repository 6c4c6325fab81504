import type { RecordableHistogram } from 'node:perf_hooks';
import { closedWhileIdle, type Outcome } from '../core/attempt.js';
import type { DeliveryEnded, Disabled, Latency, RunEnded } from '../core/run.js';

/** So many are kept as they are, for exact percentiles; more go into a histogram of fixed size. */
const kept = 1000;

/** Latencies in milliseconds, in memory that does not grow with their number. */
class Latencies {
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

const zero = (): Record<Outcome, number> => ({ accepted: 0, rejected: 0, timed_out: 0, broken: 0, unreachable: 0 });

/** Counts deliveries as they end. */
export class Tally {
  private sent = 0;
  private ok = 0;
  private attempts = 0;
  private withheld = 0;
  private resent = 0;
  private warnings = 0;
  private readonly outcomes = zero();
  private readonly failed = zero();
  private readonly latencies = new Latencies();

  add({ outcome, ok, attempts }: DeliveryEnded): void {
    this.sent++;
    this.attempts += attempts.length;
    this.outcomes[outcome]++;
    if (ok) this.ok++;
    else this.failed[outcome]++;
    for (const { error, timing, warnings } of attempts) {
      if (!error) this.latencies.add(timing.totalMs);
      else if (error.code === closedWhileIdle) this.resent++;
      if (warnings) this.warnings += warnings.length;
    }
  }

  /** Counts a delivery that is not sent. */
  withhold(): void {
    this.withheld++;
  }

  /** Counts a warning that belongs to no attempt, or came too late for it. */
  warn(): void {
    this.warnings++;
  }

  summary(interrupted: boolean, disabled: readonly Disabled[] = []): RunEnded {
    return {
      type: 'summary',
      sent: this.sent,
      accepted: this.outcomes.accepted,
      ok: this.ok,
      outcomes: { ...this.outcomes },
      failed: { ...this.failed },
      latencyMs: this.latencies.summary(),
      interrupted,
      attemptCount: this.attempts,
      disabled,
      withheld: this.withheld,
      resent: this.resent,
      warnings: this.warnings,
    };
  }
}
