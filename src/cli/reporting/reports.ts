import { appendFileSync, fstatSync } from 'node:fs';
import { resolve } from 'node:path';
import { statIfAny } from '../../config/statIfAny.js';
import { UsageError } from '../../core/errors.js';
import type { SuiteEvent } from '../../core/suite.js';
import { unknownName } from '../../core/unknownName.js';
import { EventMask } from '../../report/shared/eventMask.js';
import type { Writer } from '../../report/shared/reporter.js';
import type { FileOf } from '../../report/suite/fileOf.js';
import { suiteLines } from '../../report/suite/suiteLines.js';
import type { SuiteReporter } from '../../report/suite/suiteReporter.js';
import { suiteTable } from '../../report/suite/suiteTable.js';
import { wantsColour, wantsUnicode } from '../io/colour.js';
import type { Io } from '../io/io.js';
import { isSameFile, refuseInputs } from './refuseInputs.js';
import { linkTarget, openReportFile, type ReportFile } from './reportFile.js';
import type { reportKinds } from './reportKinds.js';

/** What chooses the reports of a run. */
export interface ReportFlags {
  readonly report?: readonly string[];
  readonly github?: boolean;
  readonly json?: boolean;
  readonly verbose?: boolean;
}

type ReportKind = (typeof reportKinds)[number];

/** The kinds of report that go to a file, each loaded when it is asked for. */
const kinds: Record<ReportKind, (write: Writer, fileOf: FileOf) => Promise<SuiteReporter>> = {
  junit: async (write, fileOf) => (await import('../../report/suite/junit.js')).junit(write, fileOf),
  tap: async (write) => (await import('../../report/suite/tap.js')).tap(write),
  sarif: async (write, fileOf) => (await import('../../report/suite/sarif.js')).sarif(write, fileOf),
  html: async (write) => (await import('../../report/suite/html/html.js')).html(write),
  har: async (write) => (await import('../../report/suite/har.js')).harReporter(write),
  json: async (write) => suiteLines(write),
};

/** All reports of a run. */
export interface Reports extends SuiteReporter {
  /** Whether one of them takes stdout for itself. */
  readonly takesStdout: boolean;
  /**
   * Puts the files into their places; those that lack the summary are taken away. Says on stderr what can't be written, and resolves with
   * whether that was asked for.
   */
  close(): Promise<boolean>;
}

export interface ReportChoice {
  readonly fileOf: FileOf;
  /** What is written to stdout where no report takes it; null for nothing, by default a table or JSON lines. */
  /** Files that are read, which no report may replace. */
  readonly inputs?: readonly string[];
  readonly usual?: ((flags: ReportFlags, io: Io) => SuiteReporter) | null;
}

/** Opens the reports that the flags ask for, with the `usual` one where none of them takes stdout. Throws a UsageError for an unknown one, and for a file that can't be written. */
export async function openReports(
  flags: ReportFlags,
  io: Io,
  { fileOf, usual = onStdout, inputs = [] }: ReportChoice,
): Promise<Reports> {
  const files: { readonly flag: string; readonly file: ReportFile }[] = [];
  const reporters: SuiteReporter[] = [];
  const wanted = (flags.report ?? [])
    .map(parseReport)
    .map(({ file, ...each }) => ({ ...each, file: file && placeOf(file, io) }));
  const toStdout = wanted.filter(({ file }) => file === 'stdout');
  if (toStdout.length + (flags.json ? 1 : 0) > 1) {
    throw new UsageError('CONFLICT', 'Only one report can go to stdout. Write the others to files.');
  }
  refusePlaces(wanted, inputs, io);
  const summary = summaryFile(io);
  const close = async (isWhole: boolean) => {
    const problems: string[] = [];
    for (const { flag, file } of files.splice(0)) {
      const problem = await file.close(isWhole);
      if (problem !== null) problems.push(`${flag} can't be written: ${problem}`);
    }
    for (const problem of problems) io.stderr.write(`webhook-sim: ${problem}. What came of the deliveries stands.\n`);
    return problems.length > 0;
  };
  try {
    for (const { text, kind, file } of wanted) {
      if (kind === 'github') continue;
      const flag = `--report ${text}`;
      const isStream = file === 'stdout' || file === 'stderr';
      const place = isStream ? null : await openReportFile(flag, file!, io);
      if (place) files.push({ flag, file: place });
      const write = place?.write ?? ((out: string) => io[file as 'stdout' | 'stderr'].write(out));
      reporters.push(await kinds[kind as ReportKind](write, fileOf));
    }
    if (usual && toStdout.length === 0) reporters.push(usual(flags, io));
    const underGithub = io.env.GITHUB_ACTIONS === 'true' && flags.github !== false;
    if (underGithub || wanted.some(({ kind }) => kind === 'github'))
      reporters.push(...(await githubReports(io, fileOf, summary)));
  } catch (error) {
    await close(false);
    throw error;
  }
  const mask = new EventMask(io.secrets);
  let isWhole = false;
  return {
    takesStdout: toStdout.length > 0,
    event(event: SuiteEvent) {
      const masked = mask.suite(event);
      for (const reporter of reporters) reporter.event(masked);
      if (event.type === 'suite-summary') isWhole = true;
    },
    async close() {
      const isLost = await close(isWhole);
      if (summary.problem === null) return isLost;
      io.stderr.write(`webhook-sim: the summary of the job can't be written: ${summary.problem}.\n`);
      return isLost || wanted.some(({ kind }) => kind === 'github');
    },
  };
}

function parseReport(text: string): { text: string; kind: string; file: string | null } {
  const at = text.indexOf('=');
  const kind = at < 0 ? text : text.slice(0, at);
  const file = at < 0 ? null : text.slice(at + 1);
  const known = [...Object.keys(kinds), 'github'];
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
  return { text, kind, file };
}

function onStdout(flags: ReportFlags, io: Io): SuiteReporter {
  const write = (text: string) => io.stdout.write(text);
  if (flags.json) return suiteLines(write);
  return suiteTable(write, {
    colour: wantsColour(io.env, io.stdout),
    unicode: wantsUnicode(io.env),
    verbose: flags.verbose === true,
  });
}

/** Annotations go to stderr, which GitHub reads as well: stdout is for results. */
async function githubReports(io: Io, fileOf: FileOf, summary: SummaryFile): Promise<SuiteReporter[]> {
  const { githubAnnotations } = await import('../../report/suite/githubAnnotations.js');
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

/** Where a report goes: a stream of this program by its name, else a path. */
function placeOf(file: string, { cwd }: Io): string {
  if (file === '-') return 'stdout';
  const path = resolve(cwd, file);
  if (/^\/dev\/stdout$|^\/(?:dev|proc\/self)\/fd\/1$/.test(path)) return 'stdout';
  return /^\/dev\/stderr$|^\/(?:dev|proc\/self)\/fd\/2$/.test(path) ? 'stderr' : path;
}

interface Wanted {
  readonly text: string;
  readonly file: string | null;
}

/** Throws a UsageError for a report in place of what is read or of what something else is written to. */
function refusePlaces(wanted: readonly Wanted[], inputs: readonly string[], { env }: Io): void {
  const summary = env.GITHUB_STEP_SUMMARY ? [env.GITHUB_STEP_SUMMARY] : [];
  const taken: string[] = [];
  for (const { text, file } of wanted) {
    if (file === null || file === 'stdout' || file === 'stderr') continue;
    const flag = `--report ${text}`;
    refuseInputs(flag, file, inputs);
    const target = linkTarget(file);
    if ([...taken, ...summary].some((other) => isSameFile(other, target)) || isStdout(target)) {
      throw new UsageError('CONFLICT', `${flag}: something else is written to that file. Name another one.`);
    }
    taken.push(target);
  }
}

/** Whether the shell sends stdout to a file. */
function isStdout(path: string): boolean {
  const file = statIfAny(path);
  if (!file?.isFile()) return false;
  const { dev, ino } = fstatSync(1);
  return file.dev === dev && file.ino === ino;
}
