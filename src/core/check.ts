import type { DeliveryEnded, RunWarning } from './run.js';

/** The behaviour of a correct receiver in a case: it accepts it, rejects it with 4xx, or answers with anything but 5xx. */
export type CaseClass = 'must-accept' | 'must-reject' | 'must-not-break';

export const caseClasses: readonly CaseClass[] = ['must-accept', 'must-reject', 'must-not-break'];

/** The result of a case. A `remark` is worth knowing but no finding; `not_judged` means that nothing can be said, and never counts as passed. */
export type Verdict = 'passed' | 'finding' | 'remark' | 'not_judged';

export const verdicts: readonly Verdict[] = ['passed', 'finding', 'remark', 'not_judged'];

/** A case of a check that has ended, with all that it sent. Its texts are ours, none of them is the receiver's. */
export interface CaseEnded {
  readonly type: 'case';
  readonly name: string;
  readonly class: CaseClass;
  /** The name of the forgery that it sends; null for an honest delivery. */
  readonly forge: string | null;
  readonly verdict: Verdict;
  /** True where the case says nothing about receivers of this provider: nothing was sent, and it counts for nothing. */
  readonly leftOut: boolean;
  /** True for a forgery whose acceptance is no vulnerability, so that it is a remark at most. */
  readonly advisory: boolean;
  /** The reason for the verdict, in a few words. */
  readonly reason: string;
  /** The request that was sent, in a few words. */
  readonly sent: string;
  /** The answer, in a few words; empty where nothing was sent. */
  readonly observed: string;
  /** The risk or consequence of a failure. */
  readonly why: string;
  /** The change that fixes a failure. */
  readonly fix: string;
  readonly deliveries: readonly DeliveryEnded[];
}

/** A fault of a receiver, or a fact worth knowing about it, under a stable name and in its own terms. */
export interface Finding {
  readonly name: string;
  readonly title: string;
  readonly why: string;
  readonly fix: string;
  /** The cases that it explains. */
  readonly cases: readonly string[];
}

/** The safety of a receiver, A being best; `check --help` explains each letter. */
export type Grade = 'A' | 'B' | 'C' | 'D' | 'F';

/** The summary of a check. */
export interface CheckEnded {
  readonly type: 'check-summary';
  readonly provider: string;
  readonly event: string;
  readonly url: string;
  /** Null where there is nothing to grade; `gradeReason` says why. */
  readonly grade: Grade | null;
  readonly gradeReason: string;
  readonly findings: readonly Finding[];
  /** Facts worth knowing that are no findings, and reasons why cases were not judged. */
  readonly remarks: readonly Finding[];
  /** The cases by verdict, without those that were left out. */
  readonly counts: Readonly<Record<Verdict, number>>;
  /** The number of cases that do not apply to this provider. */
  readonly leftOut: number;
  /** The reason why too little was judged to call the receiver safe; null where enough was. */
  readonly incomplete: string | null;
  /** False where no connection to the receiver was made. */
  readonly reached: boolean;
  readonly interrupted: boolean;
  /** Attempts of all cases. */
  readonly attemptCount?: number;
  /** Attempts that were repeated at once, because the receiver closed the kept connection that they were written to. */
  readonly resent?: number;
  /** The number of wire warnings of the attempts; not included in the other counts. */
  readonly warnings?: number;
}

/** An event of a check: each case as it ends, warnings about no particular case, and last the summary. */
export type CheckEvent = CaseEnded | RunWarning | CheckEnded;
