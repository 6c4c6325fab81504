import type { Grade } from '../core/check.js';
import type { Requirement } from '../core/forgery.js';
import type { Finding } from './findings.js';

/** What each grade says, best first. */
export const gradeWords: Record<Grade, string> = {
  A: 'no flaw was found',
  B: 'no forgery gets in, but false deliveries are not answered as they should be',
  C: 'no forgery gets in, but genuine events are lost',
  D: 'a forgery gets in that is made of a genuine delivery',
  F: 'a forgery gets in that anybody can make',
};

/** The grade by the worst flaw; remarks cost nothing. */
export function gradeOf(findings: readonly Finding[]): Grade {
  const flaws = findings.filter(({ ended }) => ended.verdict === 'flaw');
  const letsIn = (needed: Requirement) =>
    flaws.some(({ case: { requires }, symptom }) => symptom === 'accepted' && requires === needed);
  if (letsIn('nothing') || flaws.some(({ symptom }) => symptom === 'leaked' || symptom === 'fetched')) return 'F';
  if (letsIn('a delivery')) return 'D';
  const isLost = ({ case: each, symptom }: Finding) =>
    each.class === 'must-accept' || each.expects === 'acceptance' || (each.sequence && symptom === 'rejected');
  if (flaws.some(isLost)) return 'C';
  return flaws.length > 0 ? 'B' : 'A';
}
