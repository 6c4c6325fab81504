import { closeSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { UsageError } from '../../core/errors.js';
import type { Io } from '../io.js';
import { makeFolders } from '../makeFolders.js';

/** A file that a report is written to, beside its place until it is whole. */
export interface ReportFile {
  readonly write: (text: string) => void;
  /** Puts the whole report into its place, or takes away what was begun. */
  readonly close: (isWhole: boolean) => void;
}

/** Opens the file of a report, with the folders that it needs. Throws a UsageError where that is not possible. */
export function openReportFile(flag: string, file: string, io: Io): ReportFile {
  const path = resolve(io.cwd, file);
  const draft = `${path}.${Buffer.from(io.entropy(6)).toString('hex')}`;
  const fd = (() => {
    try {
      makeFolders(dirname(path));
      if (statSync(path, { throwIfNoEntry: false })?.isDirectory())
        throw Object.assign(new Error(), { code: 'EISDIR' });
      return openSync(draft, 'w');
    } catch (cause) {
      const { code } = cause as NodeJS.ErrnoException;
      throw new UsageError('BAD_REPORT', `${flag}: ${file} can't be written (${code}). Name another file.`, { cause });
    }
  })();
  return {
    write: (text) => {
      const bytes = Buffer.from(text);
      for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at);
    },
    close: (isWhole) => {
      closeSync(fd);
      if (isWhole) renameSync(draft, path);
      else rmSync(draft, { force: true });
    },
  };
}
