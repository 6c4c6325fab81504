import { appendFileSync, fstatSync } from 'node:fs';
import { UsageError } from '../../core/errors.js';
import { unknownName } from '../../core/nearest.js';
import { type Format, formats } from '../../report/formats.js';
import { Multiplexer } from '../../report/shared/multiplexer.js';
import type { Reporter, Writer } from '../../report/shared/reporter.js';
import { suiteTable } from '../../report/suite/suiteTable.js';
import type { FileOf } from '../../report/suite/suiteTotals.js';
import type { Io } from '../io/io.js';
import { outputPath } from '../io/outputPath.js';
import { stdoutReporter } from './openReport.js';
import { assertNotInput, exactStat, isSameFile, linkTarget, openReportFile, type ReportFile } from './reportFile.js';

/** The flags that choose the reports of a run. */
export interface ReportFlags {
  readonly report?: readonly string[];
  readonly github?: boolean;
  readonly json?: boolean;
  readonly verbose?: boolean;
}

/** All reports of a run. */
export interface Reports extends Reporter {
  /** Whether one of them takes stdout for itself. */
  readonly takesStdout: boolean;
  /**
   * Puts the files into their places; removes those that lack the summary. Prints on stderr those that can't be written, and resolves with whether
   * one of these was asked for.
   */
  close(): Promise<boolean>;
}

export interface ReportChoice {
  readonly fileOf: FileOf;
  /** Files that are read, which no report may replace. */
  readonly inputs?: readonly string[];
  /** Whether the table or JSON lines of suites go to stdout where no report takes it. */
  readonly usual: boolean;
}

/** Opens the reports that the flags ask for, where none of them takes stdout also the `usual` one. Throws a UsageError for an unknown one, and for a file that can't be written. */
export async function openReports(
  flags: ReportFlags,
  io: Io,
  { fileOf, usual, inputs = [] }: ReportChoice,
): Promise<Reports> {
  const files: { readonly flag: string; readonly file: ReportFile }[] = [];
  const reporters: Reporter[] = [];
  const wanted = (flags.report ?? [])
    .map(parseReport)
    .map(({ file, ...each }) => ({ ...each, file: file && resolveDestination(file, io) }));
  const toStdout = wanted.filter(({ file }) => file === 'stdout');
  if (toStdout.length + (flags.json ? 1 : 0) > 1) {
    throw new UsageError('CONFLICT', 'Only one report can go to stdout. Write the others to files.');
  }
  assertPlaces(wanted, inputs, io);
  const isGithubWanted = wanted.some(({ format }) => format === null);
  const summary = summaryFile(io);
  const close = async (isWhole: boolean) => {
    const problems: string[] = [];
    for (const { flag, file } of files.splice(0)) {
      const problem = await file.close(isWhole);
      if (problem !== null) problems.push(`${flag} can't be written: ${problem}`);
    }
    for (const problem of problems)
      io.stderr.write(`webhook-sim: ${problem}. The results of the deliveries are not affected.\n`);
    return problems.length > 0;
  };
  try {
    for (const { text, format, file } of wanted) {
      if (format === null) continue;
      const flag = `--report ${text}`;
      const isStream = file === 'stdout' || file === 'stderr';
      const place = isStream ? null : await openReportFile(flag, file!, io);
      if (place) files.push({ flag, file: place });
      const write = place?.write ?? ((out: string) => io[file as 'stdout' | 'stderr'].write(out));
      reporters.push((await format.load())(write, fileOf));
    }
    if (usual && toStdout.length === 0) reporters.push(stdoutReporter(flags, io, suiteTable));
    const underGithub = io.env.GITHUB_ACTIONS === 'true' && flags.github !== false;
    if (underGithub || isGithubWanted) reporters.push(...(await githubReports(io, fileOf, summary)));
  } catch (error) {
    await close(false);
    throw error;
  }
  const all = new Multiplexer(reporters, io.secrets);
  let isWhole = false;
  return {
    takesStdout: toStdout.length > 0,
    event(event) {
      all.event(event);
      if (event.type === 'suite-summary') isWhole = true;
    },
    async close() {
      const isLost = await close(isWhole);
      if (summary.problem === null) return isLost;
      io.stderr.write(`webhook-sim: the summary of the job can't be written: ${summary.problem}.\n`);
      return isLost || isGithubWanted;
    },
  };
}

/** A report as it is asked for; that for GitHub has no format and no file. */
function parseReport(text: string): { text: string; format: Format | null; file: string | null } {
  const at = text.indexOf('=');
  const kind = at < 0 ? text : text.slice(0, at);
  const file = at < 0 ? null : text.slice(at + 1);
  const known = [...formats.map(({ name }) => name), 'github'];
  if (!known.includes(kind)) {
    const list = known.map((name) => (name === 'github' ? name : `${name}=FILE`)).join(', ');
    throw unknownName('UNKNOWN_REPORT', `--report: there is no report ${kind}.`, {
      name: kind,
      known,
      more: `There are ${list}.`,
      facts: { option: '--report' },
    });
  }
  if (kind !== 'github' && !file)
    throw new UsageError('BAD_REPORT', `--report ${kind}: write ${kind}=FILE, or ${kind}=-.`);
  if (kind === 'github' && file !== null) {
    throw new UsageError('BAD_REPORT', '--report github goes where GitHub reads it. Leave out the file.');
  }
  return { text, format: formats.find(({ name }) => name === kind) ?? null, file };
}

/** Annotations go to stderr, which GitHub reads as well: stdout is for results. */
async function githubReports(io: Io, fileOf: FileOf, summary: SummaryFile): Promise<Reporter[]> {
  const { githubAnnotations } = await import('../../report/suite/githubSummary.js');
  const { githubSummary } = await import('../../report/suite/githubSummary.js');
  const annotations = githubAnnotations((text) => io.stderr.write(text), fileOf);
  return summary.write === null ? [annotations] : [annotations, githubSummary(summary.write)];
}

/** The summary of a job that GitHub collects; `problem` says why it could not be written. */
interface SummaryFile {
  readonly write: Writer | null;
  readonly problem: string | null;
}

function summaryFile({ env }: Io): SummaryFile {
  const path = env.GITHUB_STEP_SUMMARY;
  let problem: string | null = null;
  const write = (text: string) => {
    if (problem !== null) return;
    try {
      appendFileSync(path!, text);
    } catch (error) {
      problem = (error as Error).message;
    }
  };
  return {
    write: path ? write : null,
    get problem() {
      return problem;
    },
  };
}

/** Returns the destination of a report: a stream of this program by its name, else a path. */
function resolveDestination(file: string, { cwd }: Io): string {
  if (file === '-') return 'stdout';
  const path = outputPath(cwd, file);
  if (/^\/dev\/stdout$|^\/(?:dev|proc\/self)\/fd\/1$/.test(path)) return 'stdout';
  return /^\/dev\/stderr$|^\/(?:dev|proc\/self)\/fd\/2$/.test(path) ? 'stderr' : path;
}

interface Wanted {
  readonly text: string;
  readonly file: string | null;
}

/** Throws a UsageError for a report that would overwrite an input, or the file of another output. */
function assertPlaces(wanted: readonly Wanted[], inputs: readonly string[], { env }: Io): void {
  const summary = env.GITHUB_STEP_SUMMARY ? [env.GITHUB_STEP_SUMMARY] : [];
  const taken: string[] = [];
  for (const { text, file } of wanted) {
    if (file === null || file === 'stdout' || file === 'stderr') continue;
    const flag = `--report ${text}`;
    assertNotInput(flag, file, inputs);
    const target = linkTarget(file);
    if ([...taken, ...summary].some((other) => isSameFile(other, target)) || isStdout(target)) {
      throw new UsageError('CONFLICT', `${flag}: something else is written to that file. Name another one.`);
    }
    taken.push(target);
  }
}

/** Returns whether the shell sends stdout to a file. */
function isStdout(path: string): boolean {
  const file = exactStat(path);
  if (!file?.isFile()) return false;
  const { dev, ino } = fstatSync(1, { bigint: true });
  return file.dev === dev && file.ino === ino;
}
