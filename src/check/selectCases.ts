import { caseClasses } from '../core/check.js';
import { UsageError } from '../core/errors.js';
import { unknownName } from '../core/nearest.js';
import type { CheckCase } from './cases/case.js';

/** The values of the options `only` and `skip`: names of cases, or of whole classes. */
export interface Selection {
  readonly only: readonly string[];
  readonly skip: readonly string[];
}

/** The cases that are wanted. The plain event goes first and last in every check. Throws a UsageError for a name that is none. */
export function selectCases(cases: readonly CheckCase[], { only, skip }: Selection): CheckCase[] {
  const known = [...cases.map(({ name }) => name), ...caseClasses];
  for (const name of [...only, ...skip]) {
    if (!known.includes(name)) throw unknownName('UNKNOWN_CASE', `There is no case ${name}.`, { name, known });
  }
  if (skip.includes('plain') || skip.includes('plain-again')) {
    throw new UsageError('NEEDED_CASE', 'The plain event goes first and last in every check and can not be skipped.');
  }
  const named = (names: readonly string[], { name, class: group }: CheckCase) =>
    names.includes(name) || names.includes(group);
  const isFrame = ({ name }: CheckCase) => name === 'plain' || name === 'plain-again';
  const chosen = cases.filter(
    (each) => isFrame(each) || ((only.length === 0 || named(only, each)) && !named(skip, each)),
  );
  if (chosen.every(isFrame) && only.every((name) => !name.startsWith('plain'))) {
    throw new UsageError('NO_CASE', 'No case is left: all that are chosen are skipped.');
  }
  return chosen;
}
