import { resolve } from 'node:path';
import { UsageError } from '../../../core/errors.js';
import type { LoadEnded, LoadVerdict } from '../../../core/load.js';
import { unknownName } from '../../../core/nearest.js';
import type { LoadValues } from '../../../options/load.js';
import { loadLine } from '../../../report/load/loadLines.js';
import type { Io } from '../../io/io.js';
import { outputPath } from '../../io/outputPath.js';
import { flagName } from '../../options/flags.js';
import { assertNotInput, isSameFile, openReportFile, type ReportFile } from '../../reporting/reportFile.js';

/** The result of a load, and its name for people. */
export interface ReportedLoad {
  readonly name: string;
  readonly ended: LoadEnded;
  readonly verdict: LoadVerdict;
}

type Write = (load: ReportedLoad) => string;

const kinds: Readonly<Record<string, () => Promise<Write>>> = {
  html: async () => {
    const { loadPage } = await import('../../../report/load/loadPage.js');
    return ({ name, ended, verdict }) => loadPage(name, ended, verdict);
  },
  junit: async () => {
    const { loadJunit } = await import('../../../report/load/loadJunit.js');
    return ({ name, ended, verdict }) => loadJunit(name, ended, verdict);
  },
};

/** The files that a load is written to when it has ended. */
export interface LoadReports {
  /** Whether one of them goes to stdout, which then has nothing else. */
  readonly takeStdout: boolean;
  /** Writes them; prints on stderr those that can't be written, and resolves with whether any was lost. */
  write(load: ReportedLoad): Promise<boolean>;
  /** Removes the drafts. */
  discard(): Promise<void>;
}

/** Opens the files that the options name. Throws a UsageError for an unknown kind, and for a file that can't be written. */
export async function openLoadReports(
  { report = [], save }: LoadValues,
  io: Io,
  inputs: readonly string[],
): Promise<LoadReports> {
  const wanted = [
    ...report.map((text) => ({ flag: `${flagName('report')} ${text}`, ...parseReport(text) })),
    ...(save === undefined ? [] : [{ flag: flagName('save'), file: save, kind: null }]),
  ];
  const files: { readonly flag: string; readonly path: string; readonly file: ReportFile; readonly text: Write }[] = [];
  let toStdout: Write | null = null;
  const discard = async () => {
    for (const { file } of files.splice(0)) await file.close(false);
  };
  try {
    for (const { flag, file, kind } of wanted) {
      if (file === '-' && kind !== null) {
        if (toStdout) throw new UsageError('CONFLICT', 'Only one report can go to stdout. Write the others to files.');
        toStdout = await kinds[kind]!();
        continue;
      }
      const path = outputPath(io.cwd, file);
      assertNotInput(
        flag,
        path,
        inputs.map((input) => resolve(io.cwd, input)),
      );
      if (files.some((other) => isSameFile(other.path, path))) {
        throw new UsageError('CONFLICT', `${flag}: something else is written to that file. Name another one.`);
      }
      const text: Write =
        kind === null ? ({ ended, verdict }) => `${loadLine(ended, verdict)}\n` : await kinds[kind]!();
      files.push({ flag, path, file: await openReportFile(flag, path, io), text });
    }
  } catch (error) {
    await discard();
    throw error;
  }
  return {
    takeStdout: toStdout !== null,
    discard,
    async write(load) {
      let isLost = false;
      if (toStdout) io.stdout.write(`${io.secrets.inText(toStdout(load)).trimEnd()}\n`);
      for (const { flag, file, text } of files.splice(0)) {
        file.write(io.secrets.inText(text(load)));
        const problem = await file.close(true);
        if (problem === null) continue;
        isLost = true;
        io.stderr.write(`webhook-sim: ${flag} can't be written: ${problem}. The figures are not affected.\n`);
      }
      return isLost;
    },
  };
}

function parseReport(text: string): { readonly kind: string; readonly file: string } {
  const [, kind = text, file = ''] = /^([^=]*)=(.*)$/s.exec(text) ?? [];
  const known = Object.keys(kinds);
  if (!known.includes(kind)) {
    const more = `There are ${known.map((name) => `${name}=FILE`).join(', ')}.`;
    const facts = { option: flagName('report') };
    throw unknownName('UNKNOWN_REPORT', `${flagName('report')}: a load has no report ${kind}.`, {
      name: kind,
      known,
      more,
      facts,
    });
  }
  if (file !== '') return { kind, file };
  throw new UsageError('BAD_REPORT', `${flagName('report')} ${kind}: write ${kind}=FILE, or ${kind}=-.`);
}
