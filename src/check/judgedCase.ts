import type { CaseEnded } from '../core/check.js';
import type { CheckCase } from './cases/case.js';
import type { Symptom } from './judgeCase.js';

/** A case that has ended, as the rules see it. */
export interface JudgedCase {
  readonly case: CheckCase;
  readonly ended: CaseEnded;
  readonly symptom: Symptom;
}
