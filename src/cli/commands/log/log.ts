import { rmSync } from 'node:fs';
import { UsageError } from '../../../core/errors.js';
import type { LogEntry } from '../../../core/logEntry.js';
import { findKept } from '../../../history/findKept.js';
import { type OpenLog, openLog } from '../../../history/openLog.js';
import { type LogValues, logOptions } from '../../../options/log.js';
import { readOptions } from '../../../options/readOptions.js';
import { logDetails, logLine } from '../../../report/log/logList.js';
import { readLogFilter } from '../../../session/log/readLogFilter.js';
import { wantsColour, wantsUnicode } from '../../io/colour.js';
import type { Io } from '../../io/io.js';
import { flagName, type RawFlags } from '../../options/flags.js';
import { loadProject } from '../../project/project.js';
import { withReport } from '../../reporting/withReport.js';

const defaultLimit = 20;

/** Runs `log`. */
export async function runLog(name: string | undefined, flags: RawFlags, io: Io): Promise<void> {
  const given = readOptions(logOptions, flags, flagName);
  const { limit = defaultLimit } = given;
  if (given.clear) assertNoChoice(name, given);
  const project = await loadProject(given, io);
  const options = withReport(given, project, io);
  const filter = readLogFilter(given, io.clock.now(), project);
  const say = (line: string) => {
    if (!options.quiet) io.stderr.write(`${line}\n`);
  };
  const opened = openLog(project, io);
  if (options.clear) return clear(opened, say);
  const write = writer(name !== undefined, options, io);
  if (name !== undefined) {
    write(findKept(name, chosen(opened, filter)));
  } else {
    const { shown, more } = newest(chosen(opened, filter), limit);
    for (const kept of shown.toReversed()) {
      write(kept);
      if (io.stdout.behind) await io.stdout.behind;
    }
    if (shown.length === 0) say(`Nothing of the kind is in the log of ${project.folder}.`);
    if (more) say(`There are earlier ones; show more with --limit ${limit * 5}.`);
  }
  if (opened.broken > 0) say(`${opened.broken} lines of ${opened.folder.path} are torn or broken and were left out.`);
  if (name === undefined && hasChecks(opened, filter)) {
    say('What checks sent is left out. List it with: webhook-sim log --search command:check');
  }
}

function assertNoChoice(name: string | undefined, given: LogValues): void {
  const { provider, event, outcome, failed, since, search } = given;
  if ([name, provider, event, outcome, failed, since, search].every((value) => value === undefined)) return;
  throw new UsageError('CONFLICT', '--clear deletes all deliveries of the project, so choose none.');
}

function clear(opened: OpenLog, say: (line: string) => void): void {
  const count = [...opened.deliveries()].length;
  rmSync(opened.folder.path, { recursive: true, force: true });
  say(count === 1 ? '1 delivery is forgotten.' : `${count} deliveries are forgotten.`);
}

function* chosen(opened: OpenLog, filter: (kept: LogEntry) => boolean): Generator<LogEntry, void> {
  for (const kept of opened.deliveries()) if (filter(kept)) yield kept;
}

/** Returns whether the last command was a check whose deliveries are left out. */
function hasChecks(opened: OpenLog, filter: (kept: LogEntry) => boolean): boolean {
  for (const kept of opened.deliveries()) return kept.purpose === 'check' && !filter(kept);
  return false;
}

function newest(deliveries: Iterable<LogEntry>, limit: number): { shown: LogEntry[]; more: boolean } {
  const shown: LogEntry[] = [];
  for (const kept of deliveries) {
    if (shown.length === limit) return { shown, more: true };
    shown.push(kept);
  }
  return { shown, more: false };
}

function writer(whole: boolean, options: LogValues, io: Io): (kept: LogEntry) => void {
  const style = { colour: wantsColour(io.env, io.stdout), unicode: wantsUnicode(io.env) };
  const textOf = options.json
    ? ({ json }: LogEntry) => json
    : (kept: LogEntry) => (whole ? logDetails : logLine)(kept, style);
  return (kept) => io.stdout.write(`${textOf(kept)}\n`);
}
