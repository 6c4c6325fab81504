import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LogEntry } from '../core/logEntry.js';
import { inOrder, type LogFolder } from './logFolder.js';
import { readLogEntry } from './readLogEntry.js';

/** The records of a log, the newest first, read as they are asked for; null for each line that is torn or broken. */
export function* readLog({ path }: LogFolder): Generator<LogEntry | null, void> {
  for (const name of filesOf(path).toReversed()) {
    const lines = textOf(join(path, name)).split('\n');
    for (const line of lines.toReversed()) {
      if (line !== '') yield readLogEntry(line);
    }
  }
}

function filesOf(path: string): string[] {
  try {
    return inOrder(readdirSync(path));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** Between the list of the files and this the oldest may have gone. */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
