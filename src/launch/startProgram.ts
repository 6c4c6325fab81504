import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { basename } from 'node:path';
import { UsageError } from '../core/errors.js';
import { printable } from '../core/printable.js';
import type { SecretMask } from '../core/secretMask.js';
import type { World } from '../core/world.js';
import { endTree, killTree } from './endTree.js';
import { LogTail } from './logTail.js';
import { ProcessTree } from './processTree.js';
import { clearAtExit, freshTag, platform } from './system.js';

const script = 'read -r word || { kill -s TERM -- "-$1" && sleep 5 && kill -s KILL -- "-$1"; }';

/** The exit of a program: with a code or by a signal. */
export interface Exit {
  readonly code: number | null;
  readonly signal: string | null;
}

/** A program that this one started and has to stop. */
export interface Started {
  readonly exited: Promise<Exit>;
  /**
   * Resolves with how it ended, as a sentence without its full stop, after its last output is in the log. A program that exits with 0 and leaves
   * others running has ended when they have; abort `over` to stop waiting.
   */
  ended(over: AbortSignal): Promise<string>;
  /** Returns how it ended, as a sentence without its full stop; null while it, or what it left running after success, is alive. */
  hasEnded(): Promise<string | null>;
  /** Returns the current position in its log. */
  mark(): number;
  /** Returns its output since a mark: hostile text, at most the last 256 KiB; a first line says what is left out. */
  logSince(mark: number): string;
  /** Ends it and all that it started; resolves with the process numbers of those that this user may not end. */
  stop(): Promise<readonly number[]>;
}

export interface StartOptions {
  /** The program and its arguments; no shell reads them. */
  readonly command: readonly string[];
  readonly cwd: string;
  readonly env: World['env'];
  /** Secrets to mask in its log. */
  readonly secrets: SecretMask;
  /** Aborted by the first signal that asks this process to end. */
  readonly signal: AbortSignal;
  /** Milliseconds that it is given to end in good order. */
  readonly graceMs?: number;
}

const logLimit = 256 * 1024;
const defaultGraceMs = 5000;

/** Milliseconds for what it wrote at its end to arrive. */
const lastWordsMs = 200;

/** Milliseconds between two looks whether those that it left behind are still there. */
const lookMs = 200;

/** The environment variable that marks all that is started. */
const marker = 'WEBHOOK_SIM_STARTED';

/** Starts a program in its own process group, without standard input. Throws a UsageError where there is no such program. */
export async function startProgram({ command, cwd, env, secrets, signal, graceMs }: StartOptions): Promise<Started> {
  const [name, ...args] = command;
  if (!name)
    throw new UsageError('NO_COMMAND', 'There is no program after --. Write what starts the receiver: -- npm start');
  const tag = freshTag();
  const options = {
    cwd,
    // One run may start another.
    env: { ...env, [marker]: `${env[marker] ?? ''} ${tag}`.trim() },
    stdio: ['ignore', 'pipe', 'pipe'] as ['ignore', 'pipe', 'pipe'],
    // A Ctrl-C on the terminal is for this process, which ends the other once it has reported the result of the run. On Windows a
    // detached process would open its own console.
    detached: platform !== 'win32',
    windowsHide: true,
  };
  const child =
    platform === 'win32'
      ? spawn(env.ComSpec ?? 'cmd.exe', windowsCommand(command), { ...options, windowsVerbatimArguments: true })
      : spawn(name, args, options);
  const log = new LogTail(logLimit, secrets);
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => log.add(chunk)).on('error', () => {});
  const exited = new Promise<Exit>((resolve) => child.on('exit', (code, by) => resolve({ code, signal: by })));
  const closed = new Promise((resolve) => child.on('close', resolve));
  await once(child, 'spawn').catch((cause: NodeJS.ErrnoException) => {
    throw notStarted(name, cause);
  });
  const tree = new ProcessTree(child.pid!, tag);
  const lift = clearAtExit(() => killTree(tree), signal);
  const release = watchOver(child.pid!);
  const lastOutput = () => Promise.race([closed, pause(lastWordsMs)]);
  const stop = async () => {
    const left = await endTree(tree, graceMs ?? defaultGraceMs);
    release();
    lift();
    await lastOutput();
    for (const stream of [child.stdout, child.stderr]) stream.destroy();
    return left;
  };
  const wordsOf = (exit: Exit) =>
    `${printable(basename(name))} ${exit.signal ? `was ended by ${exit.signal}` : `ended with exit code ${exit.code}`}`;
  let stopped: Promise<readonly number[]> | undefined;
  return {
    exited,
    async ended(over) {
      const exit = await exited;
      while (exit.code === 0 && !over.aborted && tree.alive().length > 0) await pause(lookMs);
      await lastOutput();
      return wordsOf(exit);
    },
    async hasEnded() {
      const exit = await Promise.race([exited, pause(lastWordsMs).then(() => null)]);
      if (exit === null || (exit.code === 0 && tree.alive().length > 0)) return null;
      await lastOutput();
      return wordsOf(exit);
    },
    mark: () => log.mark(),
    logSince: (from) => log.since(from),
    stop: () => (stopped ??= stop()),
  };
}

function notStarted(name: string, cause: NodeJS.ErrnoException): UsageError {
  const reason =
    cause.code === 'ENOENT'
      ? 'there is no such program'
      : cause.code === 'EACCES'
        ? 'it is not a program, or not one that you may run'
        : cause.message;
  const hint = /\s/.test(name)
    ? 'Write its arguments apart from it, without quotes around all: -- npm start.'
    : /^\w+=/.test(name)
      ? 'Write env before variables that are for the program: -- env PORT=3000 npm start.'
      : 'Write after -- what starts the receiver: -- npm start.';
  const shown = printable(name.replace(/^(\w+=).*/s, '$1…'));
  return new UsageError('NOT_STARTED', `"${shown}" can't be started: ${reason}. ${hint}`, { cause });
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/**
 * Starts a shell that ends a group when this process is gone without a word, as by SIGKILL: its input ends then. The function that is
 * returned gives the word.
 */
function watchOver(group: number): () => void {
  if (platform === 'win32') return () => {};
  const shell = spawn('/bin/sh', ['-c', script, 'sh', String(group)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    env: { PATH: '/usr/bin:/bin' },
  });
  const { stdin } = shell.on('error', () => {});
  shell.unref();
  stdin.on('error', () => {});
  // It is a socket, whatever its type says.
  (stdin as unknown as { unref(): void }).unref();
  return () => stdin.end('done\n');
}

/** The arguments with which cmd.exe starts a program: `npm` and its like are scripts there, which nothing else can start. */
export function windowsCommand([name = '', ...args]: readonly string[]): readonly string[] {
  // To cmd.exe a slash begins an option.
  const program = name.replaceAll('/', '\\');
  return ['/d', '/s', '/c', `"${[program, ...args.map(quoted)].map(guarded).join(' ')}"`];
}

/** As a program reads its arguments: backslashes before a quote, the one at the end among them, count twice. */
function quoted(text: string): string {
  const inner = text.replace(/\\+|"/g, (found, at: number) => {
    if (found === '"') return '\\"';
    const next = text[at + found.length];
    return next === undefined || next === '"' ? found + found : found;
  });
  return `"${inner}"`;
}

/** Escapes a text for cmd.exe. */
function guarded(text: string): string {
  return text.replace(/[()[\]%!^"`<>&|;, *?]/g, '^$&');
}
