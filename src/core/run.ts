import { type Attempt, type Copy, closedWhileIdle, type Fault, type Outcome, type WireWarning } from './attempt.js';
import type { Delivery } from './delivery.js';
import type { Disabling } from './policy.js';

/** The exit codes of a run. */
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

/** Returns the exit code of a run: the first of 3, 4, 1 that any of its deliveries earned, unless a signal ended it; withheld deliveries earn 1. */
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
  /** The maximum number of attempts. */
  readonly most: number;
  /** Milliseconds from the first attempt to the next one on the provider's own clock; null where there is none. */
  readonly nextAtMs: number | null;
  /** The deliberate fault on the wire. */
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
  /** The deliberate fault on the wire. */
  readonly fault?: Fault;
  /** The number of the copy, where each delivery is sent several times. */
  readonly copy?: Copy;
  /** The reason why the schedule's remaining attempts were not made. */
  readonly stopReason?: 'disabled' | 'interrupted' | 'not_retried';
}

/** The point at which a provider would have stopped sending. */
export interface Disabled extends Pick<Disabling, 'counts' | 'by'> {
  /** The rule that applied: so many failures in a row; null where it is another one. */
  readonly afterConsecutiveFailures: number | null;
  /** The rule that applied: failing for so long. */
  readonly afterFailing?: string;
  /** The rule that applied: an answer of this status. */
  readonly onStatus?: number;
  readonly provider: string;
  /** The event that it would no longer send; null for all. */
  readonly event: string | null;
  /** False where that depends on whether retries count, which the provider does not document. */
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

/** The summary of a run. */
export interface RunEnded {
  readonly type: 'summary';
  readonly sent: number;
  readonly accepted: number;
  readonly ok: number;
  readonly outcomes: Readonly<Record<Outcome, number>>;
  /** The outcomes of the deliveries that were not ok; they decide the exit code. */
  readonly failed: Readonly<Record<Outcome, number>>;
  /** Null where there was no answer. */
  readonly latencyMs: Latency | null;
  /** True where the run was interrupted before all was sent. */
  readonly interrupted: boolean;
  /** Attempts of all deliveries that ended. */
  readonly attemptCount?: number;
  /** The points at which the provider would have stopped sending. */
  readonly disabled?: readonly Disabled[];
  /** Deliveries that were not sent, because the provider would have stopped sending. */
  readonly withheld?: number;
  /** Attempts that were repeated at once, because the receiver closed the kept connection that they were written to. */
  readonly resent?: number;
  /** The number of wire warnings of the attempts; not included in the other counts. */
  readonly warnings?: number;
}

/** A wire warning that came after the report of its delivery, or that is about the whole run. */
export interface RunWarning extends WireWarning {
  readonly type: 'warning';
  /** The id of the delivery; null where it is about no particular one. */
  readonly id: string | null;
}

/** An event of a run: attempts where there may be several, each delivery as it ends, warnings, and last the summary. */
export type RunEvent = AttemptEnded | DeliveryEnded | RunWarning | RunEnded;

/** Returns whether anything was odd on the wire about a delivery, also one that is ok. */
export function isOddOnTheWire({ attempts }: Pick<DeliveryEnded, 'attempts'>): boolean {
  return attempts.some(({ error, warnings }) => warnings !== undefined || error?.code === closedWhileIdle);
}
