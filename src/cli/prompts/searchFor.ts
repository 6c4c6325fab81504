import { search } from '@inquirer/prompts';
import type { Io } from '../io/io.js';
import { ask, type Back } from './ask.js';
import { type Findable, find } from './find.js';
import { promptTheme } from './theme.js';

/** What can be found: `row` is its line in the list, `description` stands under the list. */
export interface Row extends Findable {
  readonly row: string;
  readonly description: string;
}

/** Lets a person find one of several things by typing; resolves with its name. */
export function searchFor(
  message: string,
  rows: readonly Row[],
  usual: string | undefined,
  io: Io,
): Promise<string | Back> {
  const width = Math.max(io.stdout.columns - 4, 10);
  const source = (term: string | undefined) =>
    find(rows, term ?? '').map(({ name, row, description }) => ({
      value: name,
      name: row.length > width ? `${row.slice(0, width - 1)}…` : row,
      short: name,
      description,
    }));
  const config = { message, source, pageSize: pageSize(io), theme: promptTheme(io), ...(usual && { default: usual }) };
  return ask(io, (context) => search(config, context));
}

/** Lines of a list, so that the prompt fits on the terminal. */
export function pageSize(io: Io): number {
  return Math.min(Math.max((io.stdout.rows ?? 24) - 8, 3), 12);
}
