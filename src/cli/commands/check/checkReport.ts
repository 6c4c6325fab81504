import type { PreparedCase } from '../../../check/cases/prepareCase.js';
import type { CheckValues } from '../../../options/check.js';
import { caseList } from '../../../report/check/caseList.js';
import { checkLines } from '../../../report/check/checkLines.js';
import type { CheckReporter } from '../../../report/check/checkReporter.js';
import { checkTable } from '../../../report/check/checkTable.js';
import { wantsColour, wantsUnicode } from '../../io/colour.js';
import type { Io } from '../../io/io.js';

/** More columns than this make lines too long to read. */
const widest = 110;

/** The report of a check that the options ask for. */
export function checkReporter(options: CheckValues, io: Io): CheckReporter {
  const write = (text: string) => io.stdout.write(text);
  if (options.json) return checkLines(write);
  return checkTable(write, {
    colour: wantsColour(io.env, io.stdout),
    unicode: wantsUnicode(io.env),
    verbose: options.verbose === true,
    columns: Math.min(widest, Math.max(60, io.stdout.isTTY ? io.stdout.columns : 80)),
  });
}

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
