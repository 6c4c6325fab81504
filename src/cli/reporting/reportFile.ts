import {
  accessSync,
  type BigIntStats,
  closeSync,
  constants,
  existsSync,
  fstatSync,
  openSync,
  readlinkSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { UsageError } from '../../core/errors.js';
import { retryWhileBusy } from '../../core/retryWhileBusy.js';
import { createFolders } from '../../history/logFolder.js';
import type { Io } from '../io/io.js';
import { descriptorOutput } from '../io/output.js';

/** Files that are read, by their names: suites, configs, variables, providers. */
const inputName =
  /\.webhooks\.(?:ya?ml|json|[cm]?[jt]s)$|^webhook-sim\.config\.|^\.env(?:\..+)?$|^provider\.(?:ya?ml|json|[cm]?[jt]s)$/i;

/** Folders between a sample and the description of its provider. */
const sampleDepth = 3;

/** Throws a UsageError for a report that would overwrite an input: a suite, a config, a `.env` file, a description or sample of a provider. */
export function assertNotInput(flag: string, path: string, inputs: readonly string[]): void {
  const target = linkTarget(path);
  const isInput =
    [path, target].some((each) => inputName.test(basename(each))) ||
    inputs.some((input) => isSameFile(input, target)) ||
    (existsSync(target) && isOfProvider(target));
  if (!isInput) return;
  throw new UsageError(
    'BAD_REPORT',
    `${flag}: that is a file that webhook-sim reads (a suite, config, sample or .env), and it would be lost. Name another file.`,
  );
}

/** Returns whether two names lead to one file, through any links. */
export function isSameFile(one: string, other: string): boolean {
  if (one === other) return true;
  const [a, b] = [one, other].map(exactStat);
  return a !== undefined && b !== undefined && a.isFile() && a.dev === b.dev && a.ino === b.ino;
}

/** Returns the stat of a path, with exact numbers: those of Windows exceed what a number holds. Undefined where there is nothing. */
export function exactStat(path: string): BigIntStats | undefined {
  try {
    return statSync(path, { bigint: true });
  } catch {
    return undefined;
  }
}

function isOfProvider(path: string): boolean {
  const names = ['provider.yaml', 'provider.yml', 'provider.json', 'provider.ts', 'provider.js'];
  let folder = dirname(path);
  for (let depth = 0; depth < sampleDepth; depth++, folder = dirname(folder)) {
    if (names.some((name) => existsSync(join(folder, name)))) return true;
  }
  return false;
}

/** The destination of a report: a file, drafted next to its place until it is whole, or a stream. */
export interface ReportFile {
  /** Never throws: `close` reports a failure. */
  readonly write: (text: string) => void;
  /** Puts the whole report into its place, or removes the draft; resolves with the reason why it could not be written, else null. */
  readonly close: (isWhole: boolean) => Promise<string | null>;
}

/** The wait for a reader of a named pipe. */
const readerWaitMs = 10_000;
const pauseMs = 50;

/**
 * Opens the destination of a report, with the folders that it needs. Replaces a file when its report is whole, also through links; writes to pipes,
 * devices and descriptors directly. Throws a UsageError where that is not possible.
 */
export async function openReportFile(flag: string, path: string, io: Io): Promise<ReportFile> {
  try {
    const descriptor = /^\/(?:dev|proc\/self)\/fd\/(\d+)$/.exec(path)?.[1];
    if (descriptor !== undefined) {
      fstatSync(Number(descriptor));
      return direct(Number(descriptor), false);
    }
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat === undefined || stat.isFile()) return drafted(path, stat, io);
    if (stat.isFIFO()) return direct(await openPipe(path, io), true);
    if (stat.isCharacterDevice()) return direct(openSync(path, constants.O_WRONLY | constants.O_NOCTTY), true);
    throw Object.assign(new Error(), { code: stat.isDirectory() ? 'EISDIR' : 'ENXIO' });
  } catch (cause) {
    if (cause instanceof UsageError) throw cause;
    const { code } = cause as NodeJS.ErrnoException;
    throw new UsageError(
      'BAD_REPORT',
      `${flag} can't be written (${io.interrupted.aborted ? 'interrupted' : code}). Name another file.`,
      { cause },
    );
  }
}

/** Returns the target of links, also of those to a file that does not exist yet. */
export function linkTarget(path: string): string {
  for (let hops = 0, at = path; hops < 40; hops++) {
    try {
      at = resolve(dirname(at), readlinkSync(at));
    } catch {
      return at;
    }
  }
  return path;
}

function drafted(path: string, stat: Stats | undefined, io: Io): ReportFile {
  const target = linkTarget(path);
  createFolders(dirname(target));
  if (stat) accessSync(target, constants.W_OK);
  const draft = `${target}.${Buffer.from(io.entropy(6)).toString('hex')}`;
  const fd = openSync(draft, 'w', stat?.mode);
  let problem: string | null = null;
  const trying = (work: () => void) => {
    try {
      work();
    } catch (error) {
      problem ??= formatReason(error as NodeJS.ErrnoException);
    }
  };
  return {
    write(text) {
      if (problem !== null) return;
      const bytes = Buffer.from(text);
      trying(() => {
        for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at);
      });
    },
    async close(isWhole) {
      trying(() => closeSync(fd));
      if (isWhole && problem === null) trying(() => retryWhileBusy(() => renameSync(draft, target)));
      if (!isWhole || problem !== null) rmSync(draft, { force: true });
      return problem;
    },
  };
}

function direct(fd: number, isOwn: boolean): ReportFile {
  let problem: string | null = null;
  const output = descriptorOutput(fd, (error) => {
    problem ??= formatReason(error);
  });
  return {
    write: (text) => output.write(text),
    async close() {
      await output.behind;
      if (isOwn) closeSync(fd);
      return problem;
    },
  };
}

/** A pipe without a reader would block the whole program. */
async function openPipe(path: string, io: Io): Promise<number> {
  const until = io.clock.now() + readerWaitMs;
  while (true) {
    try {
      return openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENXIO') throw error;
    }
    if (io.clock.now() >= until) {
      throw new UsageError('BAD_REPORT', `--report: nobody reads the pipe ${path}. Start its reader first.`);
    }
    await io.clock.sleep(pauseMs, io.interrupted);
  }
}

function formatReason({ code, message }: NodeJS.ErrnoException): string {
  return message.replace(/, [a-z]+(?: '.*)?$/s, '') || String(code);
}
