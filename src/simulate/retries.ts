import type { Clock } from '../core/world.js';
import type { Job } from './job.js';

/** The plan for retrying failed deliveries. */
export interface RetryPlan {
  /** Milliseconds between one attempt and the next on the provider's own clock. */
  readonly delaysMs: readonly number[];
  /** True when events with their own schedule keep it. */
  readonly followsEvents?: boolean;
  /** The factor by which the waits are shorter than on that clock; infinity for none. */
  readonly speed: number;
  /** True when nothing more is sent once the provider would have stopped sending. */
  readonly respectsDisabling: boolean;
}

/** The most deliveries that may wait for a retry; above it, no new one begins. */
const maxWaiting = 500;
/** New deliveries that are passed over before others get their turn. */
const yieldInterval = 1000;
/** The longest wait that a timer knows. */
const longestMs = 2 ** 31 - 1;

/** The deliveries that wait for their next attempt. They hold up nothing: the sender takes what is due, or else a new one. */
export class Retries {
  private readonly due: Job[] = [];
  private readonly waiting = new Map<Job, AbortController>();
  /** All that were tried and have not ended. */
  private readonly open = new Set<Job>();
  private readonly idle: (() => void)[] = [];
  private stopped = false;

  constructor(
    private readonly plan: RetryPlan,
    private readonly clock: Clock,
  ) {}

  get respectsDisabling(): boolean {
    return this.plan.respectsDisabling;
  }

  /** The most attempts that a delivery may have. */
  maxAttempts(job: Job): number {
    return this.delaysOf(job).length + 1;
  }

  /** Returns the next one to send: what is due, what `fresh` gives and `isDisabled` does not skip, else the first that is due later. */
  async next(fresh: () => Promise<Job | null>, isDisabled: (job: Job) => boolean): Promise<Job | null> {
    for (let passedOver = 0; !this.stopped; ) {
      const next = this.due.shift() ?? (this.waiting.size < maxWaiting ? await fresh() : null);
      // One may have fallen due while there was none to be made.
      const job = next ?? this.due.shift() ?? null;
      if (job && (job.attempts.length > 0 || !isDisabled(job))) return job;
      if (job) {
        if (++passedOver % yieldInterval === 0) await new Promise((resolve) => setTimeout(resolve));
      } else if (this.waiting.size > 0) {
        await new Promise<void>((resolve) => this.idle.push(resolve));
      } else {
        return null;
      }
    }
    return null;
  }

  /** Milliseconds from the first attempt to the one after this on the provider's own clock; null where there is none. */
  after(job: Job): number | null {
    const { attempts, resent, scheduledAtMs } = job;
    const delay = this.delaysOf(job)[attempts.length - 1 - resent];
    return delay === undefined ? null : scheduledAtMs + delay;
  }

  /** Lets a delivery wait for its next attempt. */
  wait(job: Job, nextAtMs: number): void {
    const ms = Math.min((nextAtMs - job.scheduledAtMs) / this.plan.speed, longestMs);
    job.scheduledAtMs = nextAtMs;
    this.open.add(job);
    if (ms === 0) {
      this.ready(job);
      return;
    }
    const controller = new AbortController();
    this.waiting.set(job, controller);
    this.clock.sleep(ms, controller.signal).then(
      () => {
        // Unless it has been left in the meantime.
        if (this.waiting.delete(job)) this.ready(job);
      },
      () => {},
    );
  }

  /** The delivery of an id that was tried and has not ended. */
  findOpen(id: string): Job | undefined {
    for (const job of this.open) if (job.delivery.id === id) return job;
    return undefined;
  }

  /** Takes a delivery as ended. */
  end(job: Job): void {
    this.open.delete(job);
  }

  /** Leaves those of a kind that wait for their next attempt; returns them. */
  leave(isLeft: (job: Job) => boolean): Job[] {
    const left = [...this.due, ...this.waiting.keys()].filter(isLeft);
    for (const job of left) {
      this.waiting.get(job)?.abort();
      this.waiting.delete(job);
      this.open.delete(job);
    }
    this.due.splice(0, this.due.length, ...this.due.filter((job) => !left.includes(job)));
    this.wake();
    return left;
  }

  /** Ends all waits at once; returns what was tried and has not ended. */
  stop(): Job[] {
    this.stopped = true;
    for (const controller of this.waiting.values()) controller.abort();
    this.waiting.clear();
    this.wake();
    const left = [...this.open];
    this.open.clear();
    return left;
  }

  private delaysOf({ planned: { rules } }: Job): readonly number[] {
    return (this.plan.followsEvents ? rules.delaysMs : undefined) ?? this.plan.delaysMs;
  }

  private ready(job: Job): void {
    this.due.push(job);
    this.wake();
  }

  private wake(): void {
    for (const go of this.idle.splice(0)) go();
  }
}
