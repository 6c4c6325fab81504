import type { CaseEnded, CheckEnded } from './check.js';
import type { DeliveryEnded, RunEnded, RunWarning } from './run.js';

/** The result of one case of a suite; a flaky one passed only when it was tried again. */
export type ResultStatus = 'passed' | 'failed' | 'flaky' | 'skipped';

export const resultStatuses: readonly ResultStatus[] = ['passed', 'failed', 'flaky', 'skipped'];

/** An expectation that was not met. */
export interface Failure {
  /** Its key: `status`, `outcome`, `header`, `body`, `maxMs`, `grade`, `accepted`, … */
  readonly expectation: string;
  /** One sentence; it may quote the receiver, so its text is hostile. */
  readonly message: string;
}

/** A check that ran as a case of a suite, whole. */
export interface SuiteCheck {
  readonly cases: readonly CaseEnded[];
  readonly summary: CheckEnded;
}

/** The position of a case in its file; both count from 1. */
export interface SourceLocation {
  readonly line: number;
  readonly column: number;
}

/** One case of a suite that has ended: of a pattern over several events, one of them. */
export interface ResultEnded {
  readonly type: 'result';
  /** The suite's file as shown to people (`smoke.webhooks.yaml`), or a command in its place (`check`). */
  readonly suite: string;
  /** Null where the file has no places. */
  readonly place: SourceLocation | null;
  /** Unique in its suite. */
  readonly name: string;
  readonly kind: 'send' | 'check' | 'flow' | 'handshake' | 'load';
  /** Null for a flow across several providers. */
  readonly provider: string | null;
  /** Null where it is about several events; the name of a handshake. */
  readonly event: string | null;
  readonly variant: string | null;
  readonly forge: string | null;
  readonly status: ResultStatus;
  /** The reason why it was skipped; else null. */
  readonly reason: string | null;
  /** The failures of its last try; empty for cases that did not fail. */
  readonly failures: readonly Failure[];
  /** The failures of its earlier tries, in order. */
  readonly earlier: readonly (readonly Failure[])[];
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly durationMs: number;
  /** The deliveries of every try; for a check those of its cases. Of very many those that failed, and the first of the others. */
  readonly deliveries: readonly DeliveryEnded[];
  /** The number of deliveries that are left out; absent for none. */
  readonly more?: number;
  readonly check: SuiteCheck | null;
  /** The output of the receiver that the run started, during the case: hostile text; null where it started none. */
  readonly log: string | null;
}

/** The events of a provider that were delivered with all expectations met, and those that were not. */
export interface Coverage {
  readonly provider: string;
  readonly exercised: readonly string[];
  readonly missing: readonly string[];
}

/** A limit on the whole run. */
export interface Budget {
  /** As it was given: `max-latency p95=500ms`, `min-accepted 100%`, `coverage 80%`. */
  readonly name: string;
  readonly ok: boolean;
  /** The measured value: `612 ms`, `98.7 %`. */
  readonly figure: string;
}

/** The reason why a run is no success whatever its cases say: it never started, or its receiver was not there. */
export interface RunProblem {
  /** A stable name: `NOT_READY`, `RECEIVER_ENDED`, `UNREACHABLE`, `HANDSHAKE_FAILED`, or that of a usage error. */
  readonly code: string;
  /** A sentence or more. */
  readonly message: string;
  /** The last output of the started receiver: hostile text; null where it wrote nothing, or none was started. */
  readonly log: string | null;
}

/** The summary of a run of suites. */
export interface SuiteEnded {
  readonly type: 'suite-summary';
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly counts: Readonly<Record<ResultStatus, number>>;
  /** The sums over all deliveries. */
  readonly run: RunEnded;
  /** The coverage of each provider that a case is about; null where it was not asked for. */
  readonly coverage: readonly Coverage[] | null;
  readonly budgets: readonly Budget[];
  /** True where the run ended at a failure and left cases out (`--bail`). */
  readonly bailed: boolean;
  /** Absent or null where there is none. */
  readonly problem?: RunProblem | null;
  readonly interrupted: boolean;
}

export type SuiteEvent = ResultEnded | RunWarning | SuiteEnded;
