import { casesFor, leftOutReason } from '../../../check/cases/cases.js';
import { caseClasses } from '../../../core/check.js';
import type { TypedSoFar } from './chosen.js';
import type { Candidate } from './situation.js';

/** The cases of `check` and their classes; of those that frame each check, only to be chosen, not to be skipped. */
export function caseNames(chosen: TypedSoFar, allEvents: boolean, skip: boolean): Candidate[] {
  const provider = chosen.provider ?? chosen.providers[0]!;
  const cases = casesFor(provider, provider.defaultEvent, allEvents)
    .filter((each) => chosen.provider === undefined || leftOutReason(each, provider) === null)
    .filter(({ name }) => !skip || (name !== 'plain' && name !== 'plain-again'));
  return [
    ...caseClasses.map((value) => ({ value, description: 'all cases of this class' })),
    ...cases.map(({ name, sent }) => ({ value: name, description: sent })),
  ];
}
