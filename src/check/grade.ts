import type { Grade } from '../core/check.js';
import type { Requirement } from '../core/forgery.js';
import type { JudgedCase } from './judgedCase.js';

/** What each grade says, best first. */
export const gradeTexts: Record<Grade, string> = {
  A: 'no findings',
  B: 'no forgery is accepted, but some are not answered as they should be',
  C: 'no forgery is accepted, but genuine events are lost',
  D: 'a forgery made from a genuine delivery is accepted',
  F: 'a forgery that anybody can make is accepted',
};

/** The grade by the worst finding; remarks cost nothing. */
export function gradeOf(judgedCases: readonly JudgedCase[]): Grade {
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
