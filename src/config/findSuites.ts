import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../core/errors.js';
import { configEndings } from './find.js';

const form = new RegExp(`\\.webhooks\\.(${configEndings.join('|')})$`);
/** Folders below the one that is searched; what lies deeper is no project's own. */
const deepest = 8;
const foreign = new Set(['node_modules', 'vendor', 'dist', 'build', 'target', 'coverage']);

/** Whether a file is a suite by its name. */
export function isSuiteFile(path: string): boolean {
  return form.test(path);
}

/** The suites below a folder, in the order of their names; what is installed or built is left out. Throws a UsageError. */
export function suitesBelow(folder: string, depth = 0): string[] {
  const entries = (() => {
    try {
      return readdirSync(folder, { withFileTypes: true });
    } catch (cause) {
      if (depth > 0) return [];
      const { code } = cause as NodeJS.ErrnoException;
      throw new UsageError('BAD_FOLDER', `${folder} can't be searched for suites (${code}).`, { cause });
    }
  })();
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  const files = entries.filter((entry) => !entry.isDirectory() && isSuiteFile(entry.name));
  const folders = entries.filter(
    (entry) => entry.isDirectory() && !entry.name.startsWith('.') && !foreign.has(entry.name),
  );
  return [
    ...files.map(({ name }) => join(folder, name)),
    ...(depth < deepest ? folders.flatMap(({ name }) => suitesBelow(join(folder, name), depth + 1)) : []),
  ];
}
