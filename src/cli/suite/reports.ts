import { appendFileSync } from 'node:fs';
import { UsageError } from '../../core/errors.js';
import { suggest } from '../../core/nearest.js';
import type { SuiteEvent } from '../../core/suite.js';
import { EventMask } from '../../report/eventMask.js';
import type { FileOf } from '../../report/fileOf.js';
import type { Writer } from '../../report/reporter.js';
import { suiteLines } from '../../report/suiteLines.js';
import type { SuiteReporter } from '../../report/suiteReporter.js';
import { suiteTable } from '../../report/suiteTable.js';
import { wantsColour, wantsUnicode } from '../colour.js';
import type { Io } from '../io.js';
import { openReportFile, type ReportFile } from './reportFile.js';
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
  junit: async (write, fileOf) => (await import('../../report/junit.js')).junit(write, fileOf),
  tap: async (write) => (await import('../../report/tap.js')).tap(write),
  sarif: async (write, fileOf) => (await import('../../report/sarif.js')).sarif(write, fileOf),
  html: async (write) => (await import('../../report/html/html.js')).html(write),
  har: async (write) => (await import('../../report/har.js')).har(write),
  json: async (write) => suiteLines(write),
};

/** All reports of a run. */
export interface Reports extends SuiteReporter {
  /** Whether one of them takes stdout for itself. */
  readonly takesStdout: boolean;
  /** Puts the files into their places; those that lack the summary are taken away. */
  close(): void;
}

export interface ReportChoice {
  readonly fileOf: FileOf;
  /** What is written to stdout where no report takes it; null for nothing, by default a table or JSON lines. */
  readonly usual?: ((flags: ReportFlags, io: Io) => SuiteReporter) | null;
}

/** Opens the reports that the flags ask for, with the `usual` one where none of them takes stdout. Throws a UsageError for an unknown one, and for a file that can't be written. */
export async function openReports(
  flags: ReportFlags,
  io: Io,
  { fileOf, usual = onStdout }: ReportChoice,
): Promise<Reports> {
  const files: ReportFile[] = [];
  const reporters: SuiteReporter[] = [];
  const wanted = (flags.report ?? []).map(parseReport);
  const toStdout = wanted.filter(({ file }) => file === '-');
  if (toStdout.length + (flags.json ? 1 : 0) > 1) {
    throw new UsageError('CONFLICT', 'Only one report can go to stdout. Write the others to files.');
  }
  const close = (isWhole: boolean) => {
    for (const file of files.splice(0)) file.close(isWhole);
  };
  try {
    for (const { text, kind, file } of wanted) {
      if (kind === 'github') continue;
      const place = file === '-' ? null : openReportFile(`--report ${text}`, file!, io);
      if (place) files.push(place);
      reporters.push(await kinds[kind as ReportKind](place?.write ?? ((out) => io.stdout.write(out)), fileOf));
    }
    if (usual && toStdout.length === 0) reporters.push(usual(flags, io));
    const underGithub = io.env.GITHUB_ACTIONS === 'true' && flags.github !== false;
    if (underGithub || wanted.some(({ kind }) => kind === 'github'))
      reporters.push(...(await githubReports(io, fileOf)));
  } catch (error) {
    close(false);
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
    close: () => close(isWhole),
  };
}

function parseReport(text: string): { text: string; kind: string; file: string | null } {
  const at = text.indexOf('=');
  const kind = at < 0 ? text : text.slice(0, at);
  const file = at < 0 ? null : text.slice(at + 1);
  const known = [...Object.keys(kinds), 'github'];
  if (!known.includes(kind)) {
    const list = known.map((name) => (name === 'github' ? name : `${name}=FILE`)).join(', ');
    throw new UsageError(
      'UNKNOWN_REPORT',
      `--report: there is no report ${kind}. ${suggest(kind, known)} There are ${list}.`,
    );
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
async function githubReports(io: Io, fileOf: FileOf): Promise<SuiteReporter[]> {
  const { githubAnnotations } = await import('../../report/githubAnnotations.js');
  const { githubSummary } = await import('../../report/githubSummary.js');
  const file = io.env.GITHUB_STEP_SUMMARY;
  const annotations = githubAnnotations((text) => io.stderr.write(text), fileOf);
  return file ? [annotations, githubSummary((text) => appendFileSync(file, text))] : [annotations];
}
