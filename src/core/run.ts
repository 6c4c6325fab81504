import { type Attempt, type Copy, closedWhileIdle, type Fault, type Outcome, type WireWarning } from './attempt.js';
import type { Delivery } from './delivery.js';
import type { Disabling } from './policy.js';

/** What the process says when it ends. */
export const exitCodes = {
  ok: 0,
  rejected: 1,
  usage: 2,
  broken: 3,
  timedOut: 4,
  bug: 70,
  sigint: 130,
  sigterm: 143,
} as const;

/** The exit code of a run: the first of 3, 4, 1 that any of its deliveries earned, unless a signal ended it; what was withheld earned 1. */
export function exitCodeOf(
  { failed, interrupted, withheld = 0 }: Pick<RunEnded, 'failed' | 'interrupted' | 'withheld'>,
  signal: unknown,
): number {
  if (interrupted && signal === 'SIGTERM') return exitCodes.sigterm;
  if (interrupted && signal === 'SIGINT') return exitCodes.sigint;
  if (failed.broken + failed.unreachable > 0) return exitCodes.broken;
  if (failed.timed_out > 0) return exitCodes.timedOut;
  return failed.rejected + failed.accepted + withheld > 0 ? exitCodes.rejected : exitCodes.ok;
}

/** An attempt that has ended, of a delivery that may be tried again; reported as it happens, and again with its delivery. */
export interface AttemptEnded {
  readonly type: 'attempt';
  readonly delivery: Delivery;
  readonly attempt: Attempt;
  readonly outcome: Outcome;
  /** How many attempts there may be. */
  readonly most: number;
  /** Milliseconds from the first attempt to the next one on the provider's own clock; null where there is none. */
  readonly nextAtMs: number | null;
  /** What was done to it on the wire deliberately. */
  readonly fault?: Fault;
  readonly copy?: Copy;
}

/** A delivery that has ended, with all its attempts. */
export interface DeliveryEnded {
  readonly type: 'delivery';
  readonly delivery: Delivery;
  readonly attempts: readonly Attempt[];
  readonly outcome: Outcome;
  /** Whether the expectation was met; by default that the provider takes the answer as success, for a forgery that it is rejected with a 4xx. */
  readonly ok: boolean;
  /** What was done to it on the wire deliberately. */
  readonly fault?: Fault;
  /** Which copy it is, where each delivery is sent several times. */
  readonly copy?: Copy;
  /** Why there were no more attempts where the schedule has some. */
  readonly stopReason?: 'disabled' | 'interrupted' | 'not_retried';
}

/** Where a provider would have stopped sending. */
export interface Disabled extends Pick<Disabling, 'counts' | 'by'> {
  /** The rule that came true: so many failures in a row; null where it is another one. */
  readonly afterConsecutiveFailures: number | null;
  /** The rule that came true: failing for so long. */
  readonly afterFailing?: string;
  /** The rule that came true: an answer of this status. */
  readonly onStatus?: number;
  readonly provider: string;
  /** The event that it would no longer send; null for all. */
  readonly event: string | null;
  /** False where that hangs on whether retries count, which the provider does not say. */
  readonly isCertain: boolean;
  /** Failures in a row when it happened. */
  readonly attemptCount: number;
  readonly deliveries: number;
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
  /** Attempts of all deliveries that ended. */
  readonly attemptCount?: number;
  /** Where the provider would have stopped sending. */
  readonly disabled?: readonly Disabled[];
  /** Deliveries that were not sent, because the provider would have stopped sending. */
  readonly withheld?: number;
  /** Attempts that were repeated at once, because the receiver closed the kept connection that they were written to. */
  readonly resent?: number;
  /** What was odd on the wire: of the attempts, and counted apart from them. */
  readonly warnings?: number;
}

/** Something odd on the wire that was seen when the delivery that it is about had been reported, or that is about the whole run. */
export interface RunWarning extends WireWarning {
  readonly type: 'warning';
  /** The id of the delivery; null where it is about none. */
  readonly id: string | null;
}

/** What a run tells as it goes: attempts where there may be several, each delivery as it ends, warnings, and the summary last. */
export type RunEvent = AttemptEnded | DeliveryEnded | RunWarning | RunEnded;

/** Returns whether anything was odd on the wire about a delivery, also one that is ok. */
export function isOddOnTheWire({ attempts }: Pick<DeliveryEnded, 'attempts'>): boolean {
  return attempts.some(({ error, warnings }) => warnings !== undefined || error?.code === closedWhileIdle);
}
