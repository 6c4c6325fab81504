import { closedWhileIdle } from '../core/attempt.js';
import type { Outcome } from '../core/outcome.js';
import type { DeliveryEnded, Disabled, RunEnded } from '../core/run.js';
import { Latencies } from './latencies.js';

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
      attempts: this.attempts,
      disabled,
      withheld: this.withheld,
      resent: this.resent,
      warnings: this.warnings,
    };
  }
}
