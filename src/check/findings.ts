import type { CaseEnded } from '../core/check.js';
import { answerOf } from './answer.js';
import type { CheckCase } from './case.js';
import type { Symptom } from './judgeCase.js';

/** A case that has ended, as the rules for flaws see it. */
export interface Finding {
  readonly case: CheckCase;
  readonly ended: CaseEnded;
  /** Beside those of one case: `waved` is a forgery that was answered 2xx, but with another answer than what is genuine. */
  readonly symptom: Symptom | 'waved';
}

/** The findings of a check, with what only all of them together tell. */
export function withComparison(findings: readonly Finding[]): Finding[] {
  const genuine = new Set(
    findings.flatMap(({ case: { name }, ended }) => (/^plain|^same-twice$/.test(name) ? answersOf(ended) : [])),
  );
  const forged = findings.filter(({ symptom, case: { sequence } }) => symptom === 'accepted' && !sequence);
  // A receiver that answers each delivery differently tells nothing by it.
  const isTold =
    genuine.size === 1 &&
    forged.length > 0 &&
    !forged.some(({ ended }) => answersOf(ended).some((each) => genuine.has(each)));
  return findings.map((finding) =>
    isTold && finding.symptom === 'accepted' && !finding.case.sequence ? { ...finding, symptom: 'waved' } : finding,
  );
}

function answersOf({ deliveries }: CaseEnded): string[] {
  return deliveries.filter(({ outcome }) => outcome === 'accepted').map(answerOf);
}
