import { createHistogram } from 'node:perf_hooks';
import type { Outcome } from '../core/outcome.js';
import type { DeliveryEnded, Latency, RunEnded } from '../core/run.js';

const zero = (): Record<Outcome, number> => ({ accepted: 0, refused: 0, timed_out: 0, broken: 0, unreachable: 0 });

/** Counts deliveries as they end, in memory that does not grow with their number. */
export class Tally {
  private sent = 0;
  private ok = 0;
  private answered = 0;
  private sum = 0;
  private min = Number.POSITIVE_INFINITY;
  private max = 0;
  private readonly outcomes = zero();
  private readonly failed = zero();
  private readonly histogram = createHistogram();

  add({ outcome, ok, attempts }: DeliveryEnded): void {
    this.sent++;
    this.outcomes[outcome]++;
    if (ok) this.ok++;
    else this.failed[outcome]++;
    for (const { error, timing } of attempts) {
      if (error) continue;
      this.answered++;
      this.sum += timing.totalMs;
      this.min = Math.min(this.min, timing.totalMs);
      this.max = Math.max(this.max, timing.totalMs);
      this.histogram.record(Math.max(1, Math.round(timing.totalMs * 1000)));
    }
  }

  summary(interrupted: boolean): RunEnded {
    return {
      type: 'summary',
      sent: this.sent,
      accepted: this.outcomes.accepted,
      ok: this.ok,
      outcomes: { ...this.outcomes },
      failed: { ...this.failed },
      latencyMs: this.answered > 0 ? this.latency() : null,
      interrupted,
    };
  }

  private latency(): Latency {
    const at = (percent: number) => Math.min(this.max, this.histogram.percentile(percent) / 1000);
    return { min: this.min, mean: this.sum / this.answered, p50: at(50), p95: at(95), p99: at(99), max: this.max };
  }
}
