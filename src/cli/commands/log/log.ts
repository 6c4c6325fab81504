import { rmSync } from 'node:fs';
import { UsageError } from '../../../core/errors.js';
import type { LogEntry, LogRow } from '../../../core/logEntry.js';
import { findKept } from '../../../history/findKept.js';
import { type OpenLog, openLog } from '../../../history/openLog.js';
import type { ReadLine } from '../../../history/readLog.js';
import { type LogValues, logOptions } from '../../../options/log.js';
import { readOptions } from '../../../options/readOptions.js';
import { logDetails, logLine, logRowLine } from '../../../report/log/logList.js';
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
  if (name !== undefined) {
    const entry = findKept(name, chosen(opened, filter));
    io.stdout.write(`${options.json ? entry.json : logDetails(entry, styleOf(io))}\n`);
  } else {
    const { shown, more } = newest(listed(opened, filter), limit);
    for (const line of shown.toReversed()) {
      io.stdout.write(`${options.json ? line.json : formatLine(line.is, io)}\n`);
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
  throw new UsageError('CONFLICT', '--clear deletes all deliveries of the project and takes no selection.');
}

function clear(opened: OpenLog, say: (line: string) => void): void {
  const count = [...opened.deliveries()].length;
  rmSync(opened.folder.path, { recursive: true, force: true });
  say(count === 1 ? '1 delivery is forgotten.' : `${count} deliveries are forgotten.`);
}

function* chosen(opened: OpenLog, filter: (entry: LogEntry) => boolean): Generator<LogEntry, void> {
  for (const entry of opened.deliveries()) if (filter(entry)) yield entry;
}

/** Returns whether the last command was a check whose deliveries are left out. */
function hasChecks(opened: OpenLog, filter: (entry: LogEntry) => boolean): boolean {
  for (const entry of opened.deliveries()) return entry.purpose === 'check' && !filter(entry);
  return false;
}

function* listed(opened: OpenLog, filter: (entry: LogEntry | LogRow) => boolean): Generator<ReadLine, void> {
  for (const line of opened.lines()) if (filter(line.is)) yield line;
}

function newest(lines: Iterable<ReadLine>, limit: number): { shown: ReadLine[]; more: boolean } {
  const shown: ReadLine[] = [];
  for (const line of lines) {
    if (shown.length === limit) return { shown, more: true };
    shown.push(line);
  }
  return { shown, more: false };
}

function formatLine(entry: LogEntry | LogRow, io: Io): string {
  return 'json' in entry ? logLine(entry, styleOf(io)) : logRowLine(entry, styleOf(io));
}

function styleOf({ env, stdout }: Io) {
  return { colour: wantsColour(env, stdout), unicode: wantsUnicode(env) };
}
