import { Chalk } from 'chalk';
import type { CaseClass } from '../../core/check.js';
import { printable } from '../../core/printable.js';
import { padText, textWidth } from '../../core/textWidth.js';
import { classTitles } from './checkTable.js';

/** A case of the check before it is sent. */
export interface ListedCase {
  readonly name: string;
  readonly class: CaseClass;
  readonly forge: string | null;
  readonly sent: string;
  /** The reason to leave it out; null where it is run. */
  readonly leftOut: string | null;
}

/** The cases of a check for people, by class. */
export function caseList(cases: readonly ListedCase[], colour: boolean): string {
  const paint = new Chalk({ level: colour ? 1 : 0 });
  const column = Math.max(...cases.map(({ name }) => textWidth(name)));
  const lines: string[] = [];
  let group: CaseClass | null = null;
  for (const { class: own, name, sent, leftOut } of cases) {
    if (own !== group) lines.push(...(group === null ? [] : ['']), paint.bold(`${classTitles[own]} (${own})`));
    group = own;
    lines.push(
      `  ${padText(name, column)}  ${printable(sent)}${leftOut === null ? '' : paint.dim(` (left out: ${leftOut})`)}`,
    );
  }
  return `${lines.join('\n')}\n`;
}
