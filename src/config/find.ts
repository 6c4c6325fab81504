import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { UsageError } from '../core/errors.js';

/** The kinds of file that a config can be, by their ending. */
export const configEndings = ['ts', 'mts', 'js', 'mjs', 'json', 'yaml', 'yml'] as const;

/** The configs that lie in a folder itself. */
export function configsIn(folder: string): string[] {
  return configEndings.map((ending) => join(folder, `webhook-sim.config.${ending}`)).filter((path) => existsSync(path));
}

/** The path of the config in the nearest folder from `from` upward; null where none has one. Throws a UsageError where one has two. */
export function findConfig(from: string): string | null {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    const [found, another] = configsIn(folder);
    if (found && another) {
      throw new UsageError(
        'TWO_CONFIGS',
        `${basename(found)} and ${basename(another)} are both in ${folder}. Keep one, or name the one to read.`,
      );
    }
    if (found) return found;
    if (dirname(folder) === folder) return null;
  }
}
