import { chmodSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { UsageError } from '../../../core/errors.js';
import { retryWhileBusy } from '../../../core/retryWhileBusy.js';
import { createFolders } from '../../../history/logFolder.js';
import type { Io } from '../../io/io.js';
import { outputPath } from '../../io/outputPath.js';

/** A file that is to be written. */
export interface OutputFile {
  /** As people see it. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

export interface WriteOptions {
  /** Whether an existing file may be overwritten. */
  readonly force: boolean;
  /** Whether only their owner may read them. */
  readonly isPrivate: boolean;
  /** Whether they are programs to start. */
  readonly isScript: boolean;
}

/** Returns whether a path is that of a folder: it ends as one, or is one. */
export function isFolder(path: string, { cwd }: Io): boolean {
  return /[\\/]$/.test(path) || kindOf(resolve(cwd, path)) === 'folder';
}

/** Writes files, with the folders that they need, or none where one of them is there already. Throws a UsageError. */
export function writeFiles(files: readonly OutputFile[], options: WriteOptions, io: Io): void {
  const kinds = files.map(({ path }) => kindOf(outputPath(io.cwd, path)));
  const at = kinds.indexOf('folder');
  if (at >= 0) throw new UsageError('CANT_WRITE', `${files[at]!.path} is a folder. Choose another path with --out.`);
  const there = files.filter((_, index) => kinds[index] === 'file');
  if (there.length > 0 && !options.force) throw exists(there);
  for (const [index, file] of files.entries()) {
    const path = outputPath(io.cwd, file.path);
    try {
      createFolders(dirname(path));
      write(path, file.bytes, kinds[index]!, options, io);
    } catch (cause) {
      const { code } = cause as NodeJS.ErrnoException;
      if (code === 'EEXIST') throw exists([file]);
      throw new UsageError('CANT_WRITE', `${file.path} can't be written (${code}).`, { cause });
    }
  }
}

type Kind = 'none' | 'file' | 'folder' | 'stream';

function kindOf(path: string): Kind {
  try {
    const stat = statSync(path);
    return stat.isDirectory() ? 'folder' : stat.isFile() ? 'file' : 'stream';
  } catch {
    // If the cause is another one, writing will show it.
    return 'none';
  }
}

/** Writes a file whose old content stays until the new one is whole; a private one is never readable by others. */
function write(path: string, bytes: Uint8Array, kind: Kind, { isPrivate, isScript }: WriteOptions, io: Io): void {
  const mode = (isScript ? 0o777 : 0o666) & (isPrivate ? 0o700 : 0o777);
  if (kind !== 'file') {
    writeFileSync(path, bytes, { flag: kind === 'none' ? 'wx' : 'w', mode });
    return;
  }
  const real = realpathSync(path);
  const draft = `${real}.${Buffer.from(io.entropy(6)).toString('hex')}`;
  try {
    writeFileSync(draft, bytes, { flag: 'wx', mode });
    if (!isPrivate) chmodSync(draft, statSync(real).mode & 0o777);
    retryWhileBusy(() => renameSync(draft, real));
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

function exists(files: readonly OutputFile[]): UsageError {
  const more = files.length > 1 ? ` and ${files.length - 1} more are` : ' is';
  return new UsageError(
    'FILE_EXISTS',
    `${files[0]!.path}${more} there already. Overwrite with --force, or choose another path with --out.`,
  );
}
