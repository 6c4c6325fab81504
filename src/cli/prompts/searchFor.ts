import { search } from '@inquirer/prompts';
import type { Io } from '../io/io.js';
import { ask, type Back } from './ask.js';
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

/** Something to search in: what it is called, and all that is known of it. */
interface Findable {
  readonly name: string;
  readonly text: string;
}

/** The items that hold every word of a search; those with them in their name come first. */
export function find<T extends Findable>(items: readonly T[], term: string): T[] {
  const words = term
    .toLowerCase()
    .split(/[\s…]+/)
    .filter((word) => word !== '');
  const rank = ({ name, text }: T) => {
    const lower = name.toLowerCase();
    if (words.every((word) => lower.startsWith(word))) return 0;
    if (words.every((word) => lower.includes(word))) return 1;
    return words.every((word) => `${lower} ${text.toLowerCase()}`.includes(word)) ? 2 : 3;
  };
  return items
    .map((item) => ({ item, rank: rank(item) }))
    .filter(({ rank }) => rank < 3)
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}
