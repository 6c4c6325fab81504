import { formatDuration } from '../core/duration.js';
import type { JudgedCase } from './judgedCase.js';

/** The reason of a check that its user ended. */
export const interruptedReason = 'interrupted';

const isBudgetReason = /^the budget of .* is used up$/;

/** The reason of a check that took all of its time. */
export function budgetReason(ms: number): string {
  return `the budget of ${formatDuration(ms)} is used up`;
}

/** The part of the forgeries that has to be judged before a receiver is called safe. */
const neededPart = 0.9;

/** Why too little was judged to call a receiver safe; null where enough was. Cases that were left out count only where there is nothing else. */
export function incompleteReason(all: readonly JudgedCase[]): string | null {
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
  const asked = all.filter(({ case: { name } }) => !name.startsWith('plain'));
  return asked.length > 0 && !asked.some(isJudged) ? `nothing could be judged: ${commonReason(asked)}` : null;
}

/** The reason that most of them have. */
function commonReason(judgedCases: readonly JudgedCase[]): string {
  const counts = new Map<string, number>();
  for (const { ended } of judgedCases) {
    if (ended.verdict === 'not_judged') counts.set(ended.reason, (counts.get(ended.reason) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? '';
}
