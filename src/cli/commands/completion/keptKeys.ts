import { dirname, resolve } from 'node:path';
import { findConfig } from '../../../config/find.js';
import { logFolder } from '../../../history/logFolder.js';
import { readLog } from '../../../history/readLog.js';
import type { Io } from '../../io/io.js';
import type { Candidate } from './situation.js';

const most = 20;

/** The keys of the newest deliveries in the log of the project around the working folder; its config is not read. */
export function keptKeys(file: string | undefined, io: Io): Candidate[] {
  try {
    const path = file === undefined ? findConfig(io.cwd) : resolve(io.cwd, file);
    const folder = logFolder(path === null ? io.cwd : dirname(path), io);
    const found: Candidate[] = [{ value: 'last', description: 'the newest one' }];
    for (const entry of folder === null ? [] : readLog(folder)) {
      if (found.length > most) break;
      if (!entry) continue;
      const { key, provider, event, attempts } = entry;
      const result = attempts.at(-1)!.status ?? entry.outcome;
      found.push({ value: key.slice(0, 8), description: `${provider} ${event} ${result}, ${attempts[0]!.startedAt}` });
    }
    return found;
  } catch {
    return [];
  }
}
