import { existsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DraftFile, ProviderFormat } from '../../../authoring/scaffold/providerDraft.js';
import { configEndings } from '../../../config/find.js';
import { UsageError } from '../../../core/errors.js';
import { shownPath } from '../../../core/shownPath.js';
import { createFolders } from '../../../history/createFolders.js';
import type { Io } from '../../io/io.js';

/** Throws a UsageError where a description is there already, also of another kind: two would be an error. */
export function assertNoOverwrite(folder: string, format: ProviderFormat, force: boolean, io: Io): void {
  for (const ending of configEndings) {
    const path = join(folder, `provider.${ending}`);
    if (!existsSync(path) || (ending === format && force)) continue;
    const way =
      ending === format ? 'Write over it with --force.' : 'A folder has one description only: remove that one first.';
    throw new UsageError('PROVIDER_EXISTS', `${shownPath(path, io.cwd)} is there already. ${way}`);
  }
}

/** Throws a UsageError for a file that is there already, unless it may be written over. */
export function assertNoLoss(files: readonly DraftFile[], force: boolean, io: Io): void {
  const lost = force ? undefined : files.find(({ path }) => existsSync(path));
  if (!lost) return;
  throw new UsageError(
    'PROVIDER_EXISTS',
    `${shownPath(lost.path, io.cwd)} is there already. Write over it with --force.`,
  );
}

/** Writes files, makes their folders, and tells each path on stdout. Throws a UsageError for one that can't be written. */
export function writeProviderFiles(files: readonly DraftFile[], io: Io): void {
  for (const { path, text } of files) {
    try {
      createFolders(dirname(path));
      writeFileSync(path, text);
    } catch (cause) {
      throw new UsageError('CANT_WRITE', `${path} can't be written (${(cause as NodeJS.ErrnoException).code}).`, {
        cause,
      });
    }
    io.stdout.write(`${shownPath(path, io.cwd)}\n`);
  }
}
