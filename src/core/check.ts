import type { DeliveryEnded, RunWarning } from './run.js';

/** What a correct receiver does with a case: takes it, rejects it with 4xx, or answers it in whatever way but 5xx. */
export type CaseClass = 'must-accept' | 'must-reject' | 'must-not-break';

export const caseClasses: readonly CaseClass[] = ['must-accept', 'must-reject', 'must-not-break'];

/**
 * What a case came to. A `remark` is worth knowing but no finding; `not_judged` is for what nothing can be said of, which never counts as passed.
 */
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
  /** True for a forgery that is no hole where it is accepted, so that it is a remark at most. */
  readonly advisory: boolean;
  /** Why the verdict is what it is, in a few words. */
  readonly reason: string;
  /** What was sent, in a few words. */
  readonly sent: string;
  /** The answer, in a few words; empty where nothing was sent. */
  readonly observed: string;
  /** Why it matters. */
  readonly why: string;
  /** What to change where it failed. */
  readonly fix: string;
  readonly deliveries: readonly DeliveryEnded[];
}

/** What is wrong with a receiver, or worth knowing of it, by a stable name and in its own terms. */
export interface Finding {
  readonly name: string;
  readonly title: string;
  readonly why: string;
  readonly fix: string;
  /** The cases that it explains. */
  readonly cases: readonly string[];
}

/** How safe a receiver is, A being best; `check --help` says what each letter means. */
export type Grade = 'A' | 'B' | 'C' | 'D' | 'F';

/** What a check came to. */
export interface CheckEnded {
  readonly type: 'check-summary';
  readonly provider: string;
  readonly event: string;
  readonly url: string;
  /** Null where there is nothing to grade; `gradeReason` says why. */
  readonly grade: Grade | null;
  readonly gradeReason: string;
  readonly findings: readonly Finding[];
  /** What is worth knowing but no finding, and what kept cases from being judged. */
  readonly remarks: readonly Finding[];
  /** The cases by verdict, without those that were left out. */
  readonly counts: Readonly<Record<Verdict, number>>;
  /** How many cases say nothing about receivers of this provider. */
  readonly leftOut: number;
  /** Why too little could be judged to call the receiver safe; null where enough was. */
  readonly incomplete: string | null;
  /** False where no connection to the receiver came about at all. */
  readonly reached: boolean;
  readonly interrupted: boolean;
  /** Attempts of all cases. */
  readonly attemptCount?: number;
  /** Attempts that were repeated at once, because the receiver closed the kept connection that they were written to. */
  readonly resent?: number;
  /** What was odd on the wire: of the attempts, and counted apart from them. */
  readonly warnings?: number;
}

/** What a check tells as it goes: each case, warnings that no case has, and the summary last. */
export type CheckEvent = CaseEnded | RunWarning | CheckEnded;
