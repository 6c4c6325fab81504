import type { Attempt } from '../core/attempt.js';
import { cutOnPurpose } from '../core/fault.js';
import type { Outcome } from '../core/outcome.js';
import type { DeliveryEnded, RunEnded, RunEvent } from '../core/run.js';
import type { StatusRule } from '../core/status.js';
import { judge } from '../policy/judge.js';
import { meetsExpectation } from '../policy/meetsExpectation.js';
import { Streaks } from '../policy/streaks.js';
import { faultOf, type Job } from './job.js';
import type { Retries } from './retries.js';
import { Tally } from './tally.js';

/** The course of a run: what comes of each attempt, by the provider's policy. */
export class Course {
  private readonly tally = new Tally();
  private readonly streaks = new Streaks();

  constructor(
    private readonly expect: StatusRule | null,
    private readonly retries: Retries | null,
  ) {}

  /** Takes an attempt; returns what is to be told of it. */
  take(job: Job, attempt: Attempt): RunEvent[] {
    const { retries } = this;
    const { rules, copy } = job.planned;
    const outcome = judge(attempt, rules.success);
    const sentWith = faultOf(job);
    job.attempts.push(attempt);
    // What was cut on purpose says nothing of the receiver.
    if (rules.disabling && attempt.error?.code !== cutOnPurpose) {
      this.streaks.attempted(job.delivery, rules.disabling, outcome);
    }
    if (!retries) return [this.end(job, outcome)];
    const isOver = outcome === 'accepted' && sentWith?.kind !== 'cut-body';
    const due = isOver ? null : retries.after(job);
    const nextAtMs = this.stops(job) ? null : due;
    const told: RunEvent[] = [
      {
        type: 'attempt',
        delivery: job.delivery,
        attempt,
        outcome,
        most: retries.most,
        nextAtMs,
        ...(sentWith && { fault: sentWith }),
        ...(copy && { copy }),
      },
    ];
    if (nextAtMs !== null) {
      retries.wait(job, nextAtMs);
    } else {
      retries.end(job);
      told.push(this.end(job, outcome, due === null ? undefined : 'disabled'));
    }
    return [...told, ...retries.leave(this.stops).map((left) => this.endEarly(left, 'disabled'))];
  }

  /** Whether a new delivery is not sent, because the provider would have stopped sending; it is counted then. */
  readonly withholds = (job: Job): boolean => {
    const stops = this.stops(job);
    if (stops) this.tally.withhold();
    return stops;
  };

  /** Ends all waits; returns the deliveries that were tried, but neither accepted nor given up. */
  stop(): DeliveryEnded[] {
    return (this.retries?.stop() ?? []).map((job) => this.endEarly(job, 'interrupted'));
  }

  summary(interrupted: boolean): RunEnded {
    return this.tally.summary(interrupted, this.streaks.disabled());
  }

  private readonly stops = ({ delivery, planned }: Job): boolean => {
    const { disabling } = planned.rules;
    return this.retries?.heedsDisabling === true && disabling !== null && this.streaks.stops(delivery, disabling);
  };

  private endEarly(job: Job, leftBecause: 'disabled' | 'interrupted'): DeliveryEnded {
    return this.end(job, judge(job.attempts.at(-1)!, job.planned.rules.success), leftBecause);
  }

  private end(job: Job, outcome: Outcome, leftBecause?: DeliveryEnded['leftBecause']): DeliveryEnded {
    const { delivery, attempts, planned } = job;
    const { rules, fault, copy } = planned;
    const { error, status } = attempts.at(-1)!;
    if (rules.disabling) this.streaks.ended(delivery, rules.disabling, outcome);
    const ok = this.expect
      ? error === null && status !== null && this.expect(status)
      : meetsExpectation(rules.expected, attempts.at(-1)!, outcome);
    const ended: DeliveryEnded = {
      type: 'delivery',
      delivery,
      attempts,
      outcome,
      ok,
      ...(fault && { fault }),
      ...(copy && { copy }),
      ...(leftBecause && { leftBecause }),
    };
    this.tally.add(ended);
    return ended;
  }
}
