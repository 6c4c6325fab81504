import type { Grade } from '../core/check.js';
import type { Requirement } from '../core/forgery.js';
import type { JudgedCase } from './judgedCase.js';

/** What each grade says, best first. */
export const gradeWords: Record<Grade, string> = {
  A: 'no findings',
  B: 'no forgery gets in, but false deliveries are not answered as they should be',
  C: 'no forgery gets in, but genuine events are lost',
  D: 'a forgery gets in that is made of a genuine delivery',
  F: 'a forgery gets in that anybody can make',
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
