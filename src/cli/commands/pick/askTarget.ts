import { readAddress } from '../../../config/address.js';
import type { Project } from '../../../config/project.js';
import { targetConfig, targetSetting } from '../../../config/settings.js';
import { UsageError } from '../../../core/errors.js';
import { demoTarget } from '../../../core/target.js';
import { shownAddress } from '../../../session/target/target.js';
import type { Io } from '../../io/io.js';
import type { Back } from '../../prompts/ask.js';
import { chooseRow, type Row, type TypedRow } from '../../prompts/chooseRow.js';

/** What of an address people type: with any of it a text is meant as one, not as a search. */
const addressMark = /[/:.]|^\d+$|^localhost$/;

/** Asks where to send, in one list: the targets used before, those of the config, the built-in receiver, or any address that is typed. */
export function askTarget(project: Project, recent: readonly string[], io: Io): Promise<string | Back> {
  const rows = targetRows(project, recent);
  const usual = targetSetting(project, {}).value?.trim();
  const initial = [recent[0], usual].find((target) => rows.some(({ value }) => value === target));
  return chooseRow(
    { message: 'Target, or an address', rows, initial, typedRow: (typed) => typedTarget(typed, rows) },
    io,
  );
}

/** The targets that can be chosen without typing an address. */
export function targetRows(project: Project, recent: readonly string[]): Row<string>[] {
  const configured = Object.keys(project.config.targets ?? {}).filter((name) => name !== demoTarget);
  const usual = targetSetting(project, {}).value?.trim();
  const isKnown = (target: string) => target === demoTarget || configured.includes(target) || !addressProblem(target);
  const names = [...recent, ...configured, ...(usual ? [usual] : []), demoTarget].filter(isKnown);
  return [...new Set(names)].map((name) => {
    const where = name === demoTarget ? 'the built-in receiver' : addressOf(project, name);
    const marks = [name === recent[0] && 'last used', name === usual && name !== demoTarget && 'default'].filter(
      Boolean,
    );
    const note = [where, marks.length > 0 && `(${marks.join(', ')})`].filter(Boolean).join(' ');
    return { value: name, name, note, text: `${where} built-in`, isPreferred: recent.includes(name) };
  });
}

function typedTarget(typed: string, rows: readonly Row<string>[]): TypedRow<string> | null {
  if (rows.some(({ value }) => value === typed)) return null;
  const problem = addressProblem(typed);
  const row = { value: typed, name: typed, text: '', note: '(this address)' };
  const isFirst = addressMark.test(typed);
  if (problem === null) return { row, isFirst };
  return isFirst ? { row: { ...row, note: '(not an address yet)' }, isFirst: false, problem } : null;
}

function addressOf({ config }: Project, name: string): string {
  const url = targetConfig(config, name)?.url;
  if (url === undefined) return '';
  try {
    return shownAddress(url, readAddress(url, name)({ provider: 'provider', event: 'event' }));
  } catch {
    return '';
  }
}

/** What is wrong with an address; null where nothing is. */
function addressProblem(text: string): string | null {
  try {
    const { username, password } = new URL(readAddress(text, 'The address')({ provider: 'provider', event: 'event' }));
    return username + password === '' ? null : 'Name and password belong in the config, not in a command.';
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
}
