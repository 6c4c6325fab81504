import type { Outcome, Timing, WireWarning } from '../../core/attempt.js';
import type { CaseClass, Finding, Grade, Verdict } from '../../core/check.js';
import type { Problem } from './problem.js';
import type { ShownBody, ShownHeader } from './send.js';

export interface JobStarted {
  readonly job: string;
}

export type JobKind = 'send' | 'resend' | 'check' | 'flow' | 'handshake';

/** Something that runs in the server. */
export interface JobState {
  readonly id: string;
  readonly kind: JobKind;
  /** Its description, in a line: `stripe charge.failed to dev`. */
  readonly title: string;
  readonly provider: string;
  readonly startedAt: string;
  readonly endedAt: string | null;
  /** `failed`: an error before or during the send, see `problem`. */
  readonly state: 'running' | 'done' | 'stopped' | 'failed';
  readonly problem: Problem['error'] | null;
  /** Warnings about the job. */
  readonly notes: readonly string[];
}

export interface JobList {
  /** The newest first, at most 50. */
  readonly jobs: readonly JobState[];
}

/** An attempt as it may be shown. */
export interface ShownAttempt {
  readonly number: number;
  /** Milliseconds since the first attempt on the provider's clock. */
  readonly scheduledAtMs: number;
  readonly startedAt: string;
  readonly remoteAddress: string | null;
  readonly status: number | null;
  readonly timing: Timing;
  /** Null where none came, and for the earlier ones of several in the log. */
  readonly response: {
    readonly headers: readonly ShownHeader[];
    readonly body: ShownBody;
    readonly contentEncoding: string | null;
  } | null;
  readonly error: {
    readonly kind: string;
    readonly code: string;
    readonly phase: string;
    readonly message: string;
  } | null;
  readonly warnings: readonly WireWarning[];
}

/** A delivery of a job. */
export interface JobDelivery {
  readonly id: string;
  readonly provider: string;
  readonly event: string;
  readonly variant: string | null;
  readonly forge: string | null;
  readonly url: string;
  /** The key in the log; null where it is not kept. */
  readonly key: string | null;
}

/** A step of a job, numbered from 1. */
export type JobStep = { readonly number: number } & (
  | {
      /** An attempt that has ended, of a delivery that may be tried again. */
      readonly type: 'attempt';
      readonly delivery: JobDelivery;
      readonly attempt: ShownAttempt;
      readonly outcome: Outcome;
      readonly most: number;
      /** The time of the next one, on the provider's clock; null for none. */
      readonly nextAtMs: number | null;
      /** The same in milliseconds from now on the clock on the wall. */
      readonly nextInMs: number | null;
    }
  | {
      readonly type: 'delivery';
      readonly delivery: JobDelivery;
      readonly request: { readonly method: string; readonly headers: readonly ShownHeader[]; readonly body: ShownBody };
      readonly attempts: readonly ShownAttempt[];
      readonly outcome: Outcome;
      readonly ok: boolean;
      /** Remedies, where it was not ok; a line each. */
      readonly hints: readonly string[];
      /** Of a flow: which of its steps (from 1), and which copy of that. */
      readonly place: { readonly flowStep: number; readonly copy: number; readonly offsetMs: number } | null;
      /** Of a handshake: its title, the expected answer, and the problem with the actual one; null for none. */
      readonly handshake?: { readonly title: string; readonly awaited: string; readonly problem: string | null };
    }
  | { readonly type: 'warning'; readonly message: string }
  /** The built-in receiver's verdict on a delivery. */
  | { readonly type: 'arrival'; readonly text: string }
  /** A flow that could not go on. */
  | { readonly type: 'stopped'; readonly flowStep: number; readonly message: string }
  | {
      readonly type: 'summary';
      readonly sent: number;
      readonly accepted: number;
      readonly ok: number;
      readonly outcomes: Readonly<Record<Outcome, number>>;
      /** Remarks such as that the provider would have disabled the receiver; a line each. */
      readonly verdict: readonly string[];
    }
  /** A check that begins, with how many cases it has. */
  | { readonly type: 'check-start'; readonly cases: number; readonly url: string }
  | {
      readonly type: 'case';
      readonly name: string;
      readonly class: CaseClass;
      readonly forge: string | null;
      readonly verdict: Verdict;
      readonly leftOut: boolean;
      readonly advisory: boolean;
      readonly reason: string;
      readonly sent: string;
      readonly observed: string;
      readonly why: string;
      readonly fix: string;
    }
  | {
      readonly type: 'check-summary';
      readonly grade: Grade | null;
      readonly gradeReason: string;
      readonly findings: readonly Finding[];
      readonly remarks: readonly Finding[];
      readonly counts: Readonly<Record<Verdict, number>>;
      readonly leftOut: number;
      readonly incomplete: string | null;
      readonly reached: boolean;
      readonly interrupted: boolean;
    }
);

/** A job with all its steps; of more than 2,000 steps the first ones are left out. */
export interface JobWithSteps extends JobState {
  readonly steps: readonly JobStep[];
  readonly command: string | null;
}
