import { type Attempt, closedWhileIdle, cutDeliberately, type Outcome, type WireWarning } from '../core/attempt.js';
import { readRetryAfter } from '../core/failure.js';
import type { DeliveryEnded, RunEnded, RunEvent, RunWarning } from '../core/run.js';
import type { StatusRule } from '../core/status.js';
import { DisablingCounter } from '../policy/disablingCounter.js';
import { isAttemptOk, judgeAttempt } from '../policy/rules.js';
import type { TransportWarning } from '../transport/transport.js';
import { faultOf, type Job } from './job.js';
import type { Retries } from './retries.js';
import { Tally } from './tally.js';

/** The longest wait that an answer may ask for; a receiver may ask for years. */
const longestRetryAfterMs = 24 * 3_600_000;

/** The course of a run: what comes of each attempt, by the provider's policy. */
export class RunState {
  private readonly tally = new Tally();
  private readonly streaks = new DisablingCounter();

  constructor(
    private readonly expect: StatusRule | null,
    private readonly retries: Retries | null,
  ) {}

  /** Takes an attempt; returns the events to report. */
  take(job: Job, attempt: Attempt): RunEvent[] {
    const { retries } = this;
    if (attempt.error?.code === closedWhileIdle) return this.repeat(job, attempt);
    const { rules, copy } = job.planned;
    const outcome = judgeAttempt(attempt, rules.success);
    const sentWith = faultOf(job);
    job.attempts.push(attempt);
    // A deliberate cut says nothing about the receiver.
    if (rules.disabling && attempt.error?.code !== cutDeliberately) {
      this.streaks.attempted(job.delivery, rules.disabling, { ...attempt, outcome });
    }
    if (!retries) return [this.end(job, outcome)];
    const isOver = outcome === 'accepted' && sentWith?.kind !== 'cut-body';
    const isRetried =
      isOver || attempt.error?.code === cutDeliberately || (rules.retriesOn?.(attempt, outcome) ?? true);
    const due = isOver || !isRetried ? null : this.dueAt(job, attempt, retries);
    const nextAtMs = this.stops(job) ? null : due;
    const events: RunEvent[] = [
      {
        type: 'attempt',
        delivery: job.delivery,
        attempt,
        outcome,
        most: retries.maxAttempts(job) + job.resent,
        nextAtMs,
        ...(sentWith && { fault: sentWith }),
        ...(copy && { copy }),
      },
    ];
    if (nextAtMs !== null) {
      retries.wait(job, nextAtMs);
    } else {
      retries.end(job);
      events.push(this.end(job, outcome, isRetried ? (due === null ? undefined : 'disabled') : 'not_retried'));
    }
    return [...events, ...retries.leave(this.stops).map((left) => this.endEarly(left, 'disabled'))];
  }

  /** Returns when the next attempt is due, later where the answer asks for it and the provider allows it; null for none. */
  private dueAt(job: Job, attempt: Attempt, retries: Retries): number | null {
    const due = retries.after(job);
    if (due === null || !job.planned.rules.obeysRetryAfter) return due;
    const answeredAt = Date.parse(attempt.startedAt) + (attempt.timing?.totalMs ?? 0);
    const retryAfter = Math.min(readRetryAfter(attempt, answeredAt) ?? 0, longestRetryAfterMs);
    return Math.max(due, job.scheduledAtMs + retryAfter);
  }

  /** Takes an attempt that is made again at once: neither the receiver's failure nor one of the schedule. */
  private repeat(job: Job, attempt: Attempt): RunEvent[] {
    const { delivery, attempts, scheduledAtMs, planned } = job;
    attempts.push(attempt);
    job.resent++;
    if (!this.retries) return [];
    const outcome = judgeAttempt(attempt, planned.rules.success);
    const most = this.retries.maxAttempts(job) + job.resent;
    return [{ type: 'attempt', delivery, attempt, outcome, most, nextAtMs: scheduledAtMs }];
  }

  /** Returns whether a new delivery is withheld because the provider would have stopped sending; counts it then. */
  readonly isDisabled = (job: Job): boolean => {
    const stops = this.stops(job);
    if (stops) this.tally.withhold();
    return stops;
  };

  /** Ends all waits; returns the deliveries that were tried, but neither accepted nor given up. */
  stop(): DeliveryEnded[] {
    return (this.retries?.stop() ?? []).map((job) => this.endEarly(job, 'interrupted'));
  }

  /** Takes a warning: into its delivery where that is not reported yet, also one of `untold`; else returns it, to be reported by itself. */
  warn({ id, ...warning }: TransportWarning, untold: RunEvent[]): RunWarning[] {
    const open = id === null ? undefined : this.retries?.findOpen(id);
    if (open) {
      open.attempts.push(withWarning(open.attempts.pop()!, warning));
      return [];
    }
    this.tally.warn();
    const at = untold.findIndex((event) => event.type === 'delivery' && event.delivery.id === id);
    if (at < 0) return [{ type: 'warning', id, ...warning }];
    const { attempts, ...rest } = untold[at] as DeliveryEnded;
    untold[at] = { ...rest, attempts: [...attempts.slice(0, -1), withWarning(attempts.at(-1)!, warning)] };
    return [];
  }

  summary(interrupted: boolean): RunEnded {
    return this.tally.summary(interrupted, this.streaks.disabled());
  }

  private readonly stops = ({ delivery, planned }: Job): boolean => {
    const { disabling } = planned.rules;
    return this.retries?.respectsDisabling === true && disabling !== null && this.streaks.stops(delivery, disabling);
  };

  private endEarly(job: Job, stopReason: 'disabled' | 'interrupted'): DeliveryEnded {
    return this.end(job, judgeAttempt(job.attempts.at(-1)!, job.planned.rules.success), stopReason);
  }

  private end(job: Job, outcome: Outcome, stopReason?: DeliveryEnded['stopReason']): DeliveryEnded {
    const { delivery, attempts, planned } = job;
    const { rules, fault, copy } = planned;
    if (rules.disabling) this.streaks.ended(delivery, rules.disabling, outcome);
    const ok = isAttemptOk(attempts.at(-1)!, outcome, rules, this.expect);
    const ended: DeliveryEnded = {
      type: 'delivery',
      delivery,
      attempts,
      outcome,
      ok,
      ...(fault && { fault }),
      ...(copy && { copy }),
      ...(stopReason && { stopReason }),
    };
    this.tally.add(ended);
    return ended;
  }
}

function withWarning(attempt: Attempt, warning: WireWarning): Attempt {
  return { ...attempt, warnings: [...(attempt.warnings ?? []), warning] };
}
