import type { DeliveryEnded } from './run.js';

/** What a correct receiver does with a case: takes it, refuses it with 4xx, or answers it in whatever way but 5xx. */
export type CaseClass = 'must-accept' | 'must-refuse' | 'must-not-break';

export const caseClasses: readonly CaseClass[] = ['must-accept', 'must-refuse', 'must-not-break'];

/** What a case came to: `skip` is for what could not be judged, or says nothing of the provider. */
export type Verdict = 'pass' | 'fail' | 'warn' | 'skip';

/** A case of a check that has ended, with all that it sent. Its texts are ours, none of them is the receiver's. */
export interface CaseEnded {
  readonly type: 'case';
  readonly name: string;
  readonly class: CaseClass;
  /** The name of the forgery that it sends; null for an honest delivery. */
  readonly forge: string | null;
  readonly verdict: Verdict;
  /** Why the verdict is what it is, in a few words. */
  readonly reason: string;
  /** What was sent, in a few words. */
  readonly sent: string;
  /** What came, in a few words; empty where nothing was sent. */
  readonly came: string;
  /** Why it matters. */
  readonly why: string;
  /** What to change where it failed. */
  readonly fix: string;
  readonly deliveries: readonly DeliveryEnded[];
}

/** What is wrong with a receiver, by a stable name and in its own terms. */
export interface Flaw {
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
  readonly flaws: readonly Flaw[];
  readonly counts: Readonly<Record<Verdict, number>>;
  /** Why some cases could not be judged (budget, rate limit); null where all were. */
  readonly incomplete: string | null;
  /** False where no connection to the receiver came about at all. */
  readonly reached: boolean;
  readonly interrupted: boolean;
}

/** What a check tells as it goes: each case, and the summary last. */
export type CheckEvent = CaseEnded | CheckEnded;
