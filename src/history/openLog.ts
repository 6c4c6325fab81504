import type { Project } from '../config/project.js';
import { UsageError } from '../core/errors.js';
import type { LogEntry } from '../core/logEntry.js';
import type { World } from '../core/world.js';
import { type LogFolder, logFolder } from './logFolder.js';
import { type ReadLine, readLogLines } from './readLog.js';

/** The log of a project, to be read. */
export interface OpenLog {
  readonly folder: LogFolder;
  /** The deliveries that it keeps, the newest first, read as they are asked for. */
  readonly deliveries: () => Iterable<LogEntry>;
  /** All records in the same order, also those of loads, checks and suites. */
  readonly lines: () => Iterable<ReadLine>;
  /** Lines that were passed over because they are torn or broken. */
  readonly broken: number;
}

/** Opens the log of a project. Throws a UsageError where there can be none, and later where it can't be read. */
export function openLog(project: Pick<Project, 'folder'>, io: World): OpenLog {
  const folder = logFolder(project.folder, io);
  if (folder === null) {
    throw new UsageError('NO_HOME', 'There is no delivery log without a home. Set HOME or XDG_STATE_HOME.');
  }
  let broken = 0;
  function* lines(): Generator<ReadLine, void> {
    broken = 0;
    try {
      for (const line of readLogLines(folder!)) {
        if (line) yield line;
        else broken++;
      }
    } catch (cause) {
      const { code } = cause as NodeJS.ErrnoException;
      if (code === undefined) throw cause;
      throw new UsageError('UNREADABLE_LOG', `The delivery log in ${folder!.path} can't be read (${code}).`, { cause });
    }
  }
  return {
    folder,
    lines,
    *deliveries() {
      for (const { is } of lines()) if ('json' in is) yield is;
    },
    get broken() {
      return broken;
    },
  };
}
