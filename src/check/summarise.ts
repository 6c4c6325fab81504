import type { CheckEnded, Flaw, Verdict } from '../core/check.js';
import type { Breakdown } from './breakdown.js';
import { type Finding, withComparison } from './findings.js';
import { findFlaws } from './flaws.js';
import { gradeOf, gradeWords } from './grade.js';
import type { CaseSource } from './prepareCase.js';

/** All that a check found out. */
export interface Outcome {
  readonly source: CaseSource;
  readonly url: string;
  readonly findings: readonly Finding[];
  readonly breakdown: Breakdown | null;
  /** What is wrong where the plain event was not accepted; null where it was. */
  readonly neverAccepted: Flaw | null;
  readonly reached: boolean;
  readonly isPartial: boolean;
  readonly signal: AbortSignal;
}

/** Reasons for which a case is left out although it says something of the receiver. */
export const cutShort = { interrupted: 'interrupted', budget: 'the budget is used up' } as const;

/** What a check came to. */
export function summarise(outcome: Outcome): CheckEnded {
  const { source, url, findings, reached, signal } = outcome;
  const count = (verdict: Verdict) => findings.filter(({ ended }) => ended.verdict === verdict).length;
  const incomplete = whyIncomplete(findings);
  return {
    type: 'check-summary',
    provider: source.provider.name,
    event: source.event,
    url,
    ...graded(outcome, incomplete),
    flaws: flawsOf(outcome),
    counts: { pass: count('pass'), fail: count('fail'), warn: count('warn'), skip: count('skip') },
    incomplete,
    reached,
    interrupted: signal.aborted,
  };
}

function graded(
  { findings, neverAccepted, reached, isPartial }: Outcome,
  incomplete: string | null,
): Pick<CheckEnded, 'grade' | 'gradeReason'> {
  const grade = gradeOf(withComparison(findings));
  const why = !reached
    ? 'the receiver was not reached'
    : neverAccepted
      ? 'nothing genuine is accepted'
      : (incomplete ?? (isPartial ? 'only some cases were sent' : null));
  // What is known already can not get better.
  if (why === null || (grade === 'F' && reached && !neverAccepted)) return { grade, gradeReason: gradeWords[grade] };
  return { grade: null, gradeReason: why };
}

function flawsOf({ source, findings, breakdown, neverAccepted, reached }: Outcome): Flaw[] {
  if (!reached) return [];
  return neverAccepted ? [neverAccepted] : findFlaws(source.provider, findings, breakdown);
}

function whyIncomplete(findings: readonly Finding[]): string | null {
  const reasons: readonly string[] = Object.values(cutShort);
  const cut = findings.find(
    ({ ended, symptom }) => ended.verdict === 'skip' && (symptom === 'limited' || reasons.includes(ended.reason)),
  );
  return cut?.ended.reason ?? null;
}
