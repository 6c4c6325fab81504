import { type CheckEnded, type Finding, type Grade, type Verdict, verdicts } from '../core/check.js';
import { formatDuration } from '../core/duration.js';
import type { Requirement } from '../core/forgery.js';
import type { Breakdown } from './breakdown.js';
import type { CaseSource } from './cases/case.js';
import type { JudgedCase } from './judgeCase.js';
import { type FindingsAndRemarks, findFindings } from './rules/findFindings.js';

/** The reason of a check that its user ended. */
export const interruptedReason = 'interrupted';

const isBudgetReason = /^the budget of .* is used up$/;

/** The reason of a check that took all of its time. */
export function budgetReason(ms: number): string {
  return `the budget of ${formatDuration(ms)} is used up`;
}

/** The part of the forgeries that has to be judged before a receiver is called safe. */
const neededPart = 0.9;

/**
 * Returns the reason why too little was judged to call a receiver safe; null where enough was. Cases that were left out count only where there is
 * nothing else.
 */
function incompleteReason(all: readonly JudgedCase[]): string | null {
  const judgedCases = all.filter(({ ended }) => !ended.leftOut);
  const isJudged = ({ ended }: JudgedCase) => ended.verdict !== 'not_judged';
  const open = judgedCases.filter((each) => !isJudged(each));
  const cut = open.find(({ ended: { reason } }) => reason === interruptedReason || isBudgetReason.test(reason));
  if (cut) return cut.ended.reason;
  const forgeries = judgedCases.filter(({ case: { class: group } }) => group === 'must-reject');
  const judged = forgeries.filter(isJudged).length;
  if (judged < forgeries.length * neededPart) {
    return `${judged} of ${forgeries.length} forgeries could be judged: ${commonReason(forgeries)}`;
  }
  const beyondPlain = all.filter(({ case: { name } }) => !name.startsWith('plain'));
  return beyondPlain.length > 0 && !beyondPlain.some(isJudged)
    ? `nothing could be judged: ${commonReason(beyondPlain)}`
    : null;
}

/** The reason that most of them have. */
function commonReason(judgedCases: readonly JudgedCase[]): string {
  const counts = new Map<string, number>();
  for (const { ended } of judgedCases) {
    if (ended.verdict === 'not_judged') counts.set(ended.reason, (counts.get(ended.reason) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? '';
}

/** The meaning of each grade, best first. */
export const gradeTexts: Record<Grade, string> = {
  A: 'no findings',
  B: 'no forgery is accepted, but some are not answered as they should be',
  C: 'no forgery is accepted, but genuine events are lost',
  D: 'a forgery made from a genuine delivery is accepted',
  F: 'a forgery that anybody can make is accepted',
};

/** The grade by the worst finding; remarks cost nothing. */
function computeGrade(judgedCases: readonly JudgedCase[]): Grade {
  const failed = judgedCases.filter(({ ended }) => ended.verdict === 'finding');
  const letsIn = (needed: Requirement) =>
    failed.some(({ case: { requires }, symptom }) => symptom === 'accepted' && requires === needed);
  if (letsIn('nothing') || failed.some(({ symptom }) => symptom === 'leaked' || symptom === 'fetched')) return 'F';
  if (letsIn('a delivery')) return 'D';
  const isLost = ({ case: each, symptom }: JudgedCase) =>
    each.class === 'must-accept' || each.expects === 'acceptance' || (each.sequence && symptom === 'rejected');
  if (failed.some(isLost)) return 'C';
  return failed.length > 0 ? 'B' : 'A';
}

/** All that a check found out. */
export interface CheckOutcome {
  readonly source: CaseSource;
  readonly url: string;
  readonly judgedCases: readonly JudgedCase[];
  readonly breakdown: Breakdown | null;
  /** The finding where the plain event was not accepted; null where it was. */
  readonly neverAccepted: Finding | null;
  readonly reached: boolean;
  /** Remarks on how the receiver took so many deliveries. */
  readonly noticed: readonly Finding[];
  readonly isPartial: boolean;
  readonly signal: AbortSignal;
}

/** Returns the summary of a check. */
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
    ...collectFindings(outcome),
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
  const grade = computeGrade(judgedCases);
  const why = !reached
    ? 'the receiver was not reached'
    : neverAccepted
      ? 'nothing genuine is accepted'
      : (incomplete ?? (isPartial ? 'only some cases were sent' : null));
  // A known fault can't improve.
  if (why === null || (grade === 'F' && reached && !neverAccepted)) return { grade, gradeReason: gradeTexts[grade] };
  return { grade: null, gradeReason: why };
}

function collectFindings({
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
