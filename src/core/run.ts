import type { Attempt } from './attempt.js';
import type { Delivery } from './delivery.js';
import type { Outcome } from './outcome.js';

/** A delivery that has ended, with all its attempts. */
export interface DeliveryEnded {
  readonly type: 'delivery';
  readonly delivery: Delivery;
  readonly attempts: readonly Attempt[];
  readonly outcome: Outcome;
  /** Whether the expectation was met; by default that the provider takes the answer as success. */
  readonly ok: boolean;
}

/** Milliseconds over all attempts that were answered. */
export interface Latency {
  readonly min: number;
  readonly mean: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** What a run came to. */
export interface RunEnded {
  readonly type: 'summary';
  readonly sent: number;
  readonly accepted: number;
  readonly ok: number;
  readonly outcomes: Readonly<Record<Outcome, number>>;
  /** The outcomes of the deliveries that were not ok; they decide the exit code. */
  readonly failed: Readonly<Record<Outcome, number>>;
  /** Null where nothing was answered. */
  readonly latencyMs: Latency | null;
  /** True where the run was interrupted before all was sent. */
  readonly interrupted: boolean;
}

export type RunEvent = DeliveryEnded | RunEnded;
