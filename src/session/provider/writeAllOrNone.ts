import { existsSync, lstatSync, mkdirSync, realpathSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { DraftFile } from '../../authoring/scaffold/providerDraft.js';
import { UsageError } from '../../core/errors.js';
import { printable } from '../../core/printable.js';
import { retryWhileBusy } from '../../core/retryWhileBusy.js';
import type { World } from '../../core/world.js';

/** A file that is whole under another name in its folder. */
interface StagedFile {
  readonly path: string;
  readonly temporary: string;
  readonly folders: readonly string[];
}

/** Writes files and makes their folders: all of them, or none. Throws a UsageError for one that can't be written. */
export function writeAllOrNone(files: readonly DraftFile[], { entropy }: Pick<World, 'entropy'>): void {
  const ending = `.${Buffer.from(entropy(6)).toString('hex')}.tmp`;
  const staged: StagedFile[] = [];
  let at = '';
  try {
    for (const [number, { path, text }] of files.entries()) {
      at = path;
      const { mode, ...file } = placeOfFile(path, `.${number}${ending}`);
      staged.push(file);
      for (const folder of file.folders) mkdirSync(folder);
      writeFileSync(file.temporary, text, { flag: 'wx', mode });
    }
    for (const { path, temporary } of staged) {
      at = path;
      retryWhileBusy(() => renameSync(temporary, path));
    }
  } catch (cause) {
    for (const { temporary } of staged) rmSync(temporary, { force: true });
    for (const { folders } of staged.toReversed()) removeEmptyFolders(folders);
    const { code } = cause as NodeJS.ErrnoException;
    throw new UsageError('CANT_WRITE', `${printable(at)} can't be written (${code}), so nothing was written.`, {
      cause,
    });
  }
}

/** Returns where to write a file before it is renamed into place; a link's target is written. */
function placeOfFile(path: string, ending: string): StagedFile & { readonly mode: number | undefined } {
  const found = lstatSync(path, { throwIfNoEntry: false });
  const target = found?.isSymbolicLink() && existsSync(path) ? realpathSync(path) : path;
  const stat = target === path ? found : lstatSync(target);
  if (stat?.isDirectory()) throw Object.assign(new Error('it is a folder'), { code: 'EISDIR' });
  return {
    path: target,
    temporary: join(dirname(target), `.${basename(target).slice(0, 40)}${ending}`),
    folders: missingFolders(dirname(target)),
    mode: stat === undefined ? undefined : stat.mode & 0o777,
  };
}

/** The folders that are not there yet, the outermost first. */
function missingFolders(folder: string): string[] {
  return existsSync(folder) || dirname(folder) === folder ? [] : [...missingFolders(dirname(folder)), folder];
}

function removeEmptyFolders(folders: readonly string[]): void {
  for (const folder of folders.toReversed()) {
    try {
      rmdirSync(folder);
    } catch {
      // Something else is in it meanwhile, or it was never made.
    }
  }
}
