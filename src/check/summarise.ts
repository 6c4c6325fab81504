import { type CheckEnded, type Finding, type Verdict, verdicts } from '../core/check.js';
import type { Breakdown } from './breakdown.js';
import type { CaseSource } from './cases/caseSource.js';
import { gradeOf, gradeTexts } from './grade.js';
import { incompleteReason } from './incompleteReason.js';
import type { JudgedCase } from './judgedCase.js';
import { type FindingsAndRemarks, findFindings } from './rules/findFindings.js';

/** All that a check found out. */
export interface CheckOutcome {
  readonly source: CaseSource;
  readonly url: string;
  readonly judgedCases: readonly JudgedCase[];
  readonly breakdown: Breakdown | null;
  /** What is wrong where the plain event was not accepted; null where it was. */
  readonly neverAccepted: Finding | null;
  readonly reached: boolean;
  /** Remarks on how the receiver took so many deliveries. */
  readonly noticed: readonly Finding[];
  readonly isPartial: boolean;
  readonly signal: AbortSignal;
}

/** What a check came to. */
export function summarise(outcome: CheckOutcome): CheckEnded {
  const { source, url, judgedCases, reached, neverAccepted, signal } = outcome;
  const counted = judgedCases.filter(({ ended }) => !ended.leftOut);
  const countOf = (verdict: Verdict) => counted.filter(({ ended }) => ended.verdict === verdict).length;
  const incomplete = reached && !neverAccepted ? incompleteReason(judgedCases) : null;
  return {
    type: 'check-summary',
    provider: source.provider.name,
    event: source.event,
    url,
    ...graded(outcome, incomplete),
    ...findingsOf(outcome),
    counts: Object.fromEntries(verdicts.map((each) => [each, countOf(each)])) as Record<Verdict, number>,
    leftOut: judgedCases.length - counted.length,
    incomplete,
    reached,
    interrupted: signal.aborted,
  };
}

function graded(
  { judgedCases, neverAccepted, reached, isPartial }: CheckOutcome,
  incomplete: string | null,
): Pick<CheckEnded, 'grade' | 'gradeReason'> {
  const grade = gradeOf(judgedCases);
  const why = !reached
    ? 'the receiver was not reached'
    : neverAccepted
      ? 'nothing genuine is accepted'
      : (incomplete ?? (isPartial ? 'only some cases were sent' : null));
  // What is known already can not get better.
  if (why === null || (grade === 'F' && reached && !neverAccepted)) return { grade, gradeReason: gradeTexts[grade] };
  return { grade: null, gradeReason: why };
}

function findingsOf({
  source,
  judgedCases,
  breakdown,
  neverAccepted,
  noticed,
  reached,
}: CheckOutcome): FindingsAndRemarks {
  if (!reached) return { findings: [], remarks: [] };
  if (neverAccepted) return { findings: [neverAccepted], remarks: [] };
  const { findings, remarks } = findFindings(source.provider, judgedCases, breakdown);
  return { findings, remarks: [...remarks, ...noticed] };
}
