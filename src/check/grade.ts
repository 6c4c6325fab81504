import type { CaseEnded, Grade } from '../core/check.js';
import type { Finding } from './findings.js';

/** What each grade says, best first; the first that fits from below counts. */
export const gradeWords: Record<Grade, string> = {
  A: 'all cases passed',
  B: 'safe, with warnings',
  C: 'no forgery gets in, but genuine events are lost or the receiver breaks',
  D: 'a forgery gets in that is made of a genuine delivery',
  F: 'a forgery gets in that anybody can make',
};

/** The grade by the worst that happened; of findings that were compared. */
export function gradeOf(findings: readonly Finding[]): Grade {
  const letIn = (requires: string) =>
    findings.some(
      ({ case: each, symptom, ended }) =>
        symptom === 'accepted' && ended.verdict === 'fail' && each.requires === requires,
    );
  const any = (verdict: CaseEnded['verdict']) => findings.some(({ ended }) => ended.verdict === verdict);
  if (letIn('nothing')) return 'F';
  if (letIn('a delivery')) return 'D';
  if (any('fail')) return 'C';
  return any('warn') ? 'B' : 'A';
}
