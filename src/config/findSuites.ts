import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../core/errors.js';
import { configEndings } from './find.js';

const form = new RegExp(`\\.webhooks\\.(${configEndings.join('|')})$`);
/** The number of levels that are searched; deeper folders are no project's own. */
const deepest = 8;
const foreign = new Set(['node_modules', 'vendor', 'dist', 'build', 'target', 'coverage']);

/** Returns whether a file is a suite by its name. */
export function isSuiteFile(path: string): boolean {
  return form.test(path);
}

/**
 * The suites in a folder and so many levels below it, in the order of their names; leaves out folders of installed or built files. Throws a
 * UsageError where the folder can't be read.
 */
export function suitesBelow(folder: string, levels: number = deepest): string[] {
  try {
    return search(folder, levels);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new UsageError('BAD_FOLDER', `${folder} can't be searched for suites (${code}).`, { cause });
  }
}

function search(folder: string, levels: number): string[] {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  const files = entries.filter((entry) => !entry.isDirectory() && isSuiteFile(entry.name));
  const folders = entries.filter(
    (entry) => entry.isDirectory() && !entry.name.startsWith('.') && !foreign.has(entry.name),
  );
  return [
    ...files.map(({ name }) => join(folder, name)),
    ...(levels > 0 ? folders.flatMap(({ name }) => readable(join(folder, name), levels - 1)) : []),
  ];
}

/** A folder below that this user may not read holds nothing of theirs. */
function readable(folder: string, levels: number): string[] {
  try {
    return search(folder, levels);
  } catch {
    return [];
  }
}
