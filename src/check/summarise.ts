import { type CheckEnded, type Flaw, type Verdict, verdicts } from '../core/check.js';
import type { Breakdown } from './breakdown.js';
import type { CaseSource } from './cases/caseSource.js';
import type { Finding } from './findings.js';
import { gradeOf, gradeWords } from './grade.js';
import { incompleteReason } from './incompleteReason.js';
import { findFlaws, type NamedFlaws } from './rules/flaws.js';

/** All that a check found out. */
export interface CheckOutcome {
  readonly source: CaseSource;
  readonly url: string;
  readonly findings: readonly Finding[];
  readonly breakdown: Breakdown | null;
  /** What is wrong where the plain event was not accepted; null where it was. */
  readonly neverAccepted: Flaw | null;
  readonly reached: boolean;
  /** Remarks on how the receiver took so many deliveries. */
  readonly noticed: readonly Flaw[];
  readonly isPartial: boolean;
  readonly signal: AbortSignal;
}

/** What a check came to. */
export function summarise(outcome: CheckOutcome): CheckEnded {
  const { source, url, findings, reached, neverAccepted, signal } = outcome;
  const counted = findings.filter(({ ended }) => !ended.leftOut);
  const countOf = (verdict: Verdict) => counted.filter(({ ended }) => ended.verdict === verdict).length;
  const incomplete = reached && !neverAccepted ? incompleteReason(findings) : null;
  return {
    type: 'check-summary',
    provider: source.provider.name,
    event: source.event,
    url,
    ...graded(outcome, incomplete),
    ...flawsOf(outcome),
    counts: Object.fromEntries(verdicts.map((each) => [each, countOf(each)])) as Record<Verdict, number>,
    leftOut: findings.length - counted.length,
    incomplete,
    reached,
    interrupted: signal.aborted,
  };
}

function graded(
  { findings, neverAccepted, reached, isPartial }: CheckOutcome,
  incomplete: string | null,
): Pick<CheckEnded, 'grade' | 'gradeReason'> {
  const grade = gradeOf(findings);
  const why = !reached
    ? 'the receiver was not reached'
    : neverAccepted
      ? 'nothing genuine is accepted'
      : (incomplete ?? (isPartial ? 'only some cases were sent' : null));
  // What is known already can not get better.
  if (why === null || (grade === 'F' && reached && !neverAccepted)) return { grade, gradeReason: gradeWords[grade] };
  return { grade: null, gradeReason: why };
}

function flawsOf({ source, findings, breakdown, neverAccepted, noticed, reached }: CheckOutcome): NamedFlaws {
  if (!reached) return { flaws: [], remarks: [] };
  if (neverAccepted) return { flaws: [neverAccepted], remarks: [] };
  const { flaws, remarks } = findFlaws(source.provider, findings, breakdown);
  return { flaws, remarks: [...remarks, ...noticed] };
}
