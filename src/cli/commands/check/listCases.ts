import type { PreparedCase } from '../../../check/cases/prepareCase.js';
import type { CheckValues } from '../../../options/check.js';
import { caseList } from '../../../report/check/caseList.js';
import { wantsColour } from '../../io/colour.js';
import type { Io } from '../../io/io.js';

/** Prints the cases for `--list`. */
export function listCases(prepared: readonly PreparedCase[], options: CheckValues, io: Io): void {
  const cases = prepared.map(({ case: { name, class: group, forge = null, sent }, leftOut }) => ({
    name,
    class: group,
    forge,
    sent,
    leftOut,
  }));
  const text = options.json
    ? `${JSON.stringify({ schemaVersion: 1, type: 'check-list', cases }, null, 2)}\n`
    : caseList(cases, wantsColour(io.env, io.stdout));
  io.stdout.write(text);
}
