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

/** Where a case stands in its file; both count from 1. */
export interface SourceLocation {
  readonly line: number;
  readonly column: number;
}

/** One case of a suite that has ended: of a pattern over several events, one of them. */
export interface ResultEnded {
  readonly type: 'result';
  /** The suite's file as people see it (`smoke.webhooks.yaml`), or the command that stands for one (`check`). */
  readonly suite: string;
  /** Null where the file does not tell places. */
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
  /** Why it was skipped; else null. */
  readonly reason: string | null;
  /** Why it failed at its last try; empty for all others. */
  readonly failures: readonly Failure[];
  /** Why it failed at its earlier tries, the first one first. */
  readonly earlier: readonly (readonly Failure[])[];
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly durationMs: number;
  /** What was sent, at every try; for a check by its cases. Of very many those that failed, and the first of the others. */
  readonly deliveries: readonly DeliveryEnded[];
  /** How many more were sent; absent for none. */
  readonly more?: number;
  readonly check: SuiteCheck | null;
  /** What the receiver that the run started wrote meanwhile: hostile text; null where it started none. */
  readonly log: string | null;
}

/** Which events of a provider were delivered and had their expectations met. */
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
  /** What it came to: `612 ms`, `98.7 %`. */
  readonly figure: string;
}

/** Why a run is no success whatever its cases say: it never started, or its receiver was not there. */
export interface RunProblem {
  /** A stable name: `NOT_READY`, `RECEIVER_ENDED`, `UNREACHABLE`, `HANDSHAKE_FAILED`, or that of a usage error. */
  readonly code: string;
  /** A sentence or more. */
  readonly message: string;
  /** The last that the started receiver wrote: hostile text; null where it wrote nothing, or none was started. */
  readonly log: string | null;
}

/** What a run of suites came to. */
export interface SuiteEnded {
  readonly type: 'suite-summary';
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly counts: Readonly<Record<ResultStatus, number>>;
  /** The sums over all deliveries. */
  readonly run: RunEnded;
  /** Of each provider that a case is about; null where nobody asked. */
  readonly coverage: readonly Coverage[] | null;
  readonly budgets: readonly Budget[];
  /** True where the run ended at a failure and left cases out (`--bail`). */
  readonly bailed: boolean;
  /** Absent or null where there is none. */
  readonly problem?: RunProblem | null;
  readonly interrupted: boolean;
}

export type SuiteEvent = ResultEnded | RunWarning | SuiteEnded;
