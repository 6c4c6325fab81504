import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { bundledCli } from './process.js';

export interface ChildOptions {
  /** All of its environment beside PATH. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** A module that is run before the command line, to change the world that it meets. */
  readonly before?: string;
  readonly stdin?: string | Uint8Array;
}

export interface ChildEnded {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The exit code, or that of the signal, as a shell tells both: which of them it is depends on how busy the machine is. */
  readonly shellCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Milliseconds from its start to its end. */
  readonly elapsedMs: number;
}

export interface Child {
  readonly process: ChildProcess;
  readonly ended: Promise<ChildEnded>;
  /** Its output so far. */
  readonly stderr: string;
  /** Resolves when stdout and stderr hold a text, or hold it that often. */
  printed(text: string, times?: number): Promise<void>;
}

/** Sends a signal again and again until the process has ended: for a while after the first, a second counts as its echo. */
export async function insist(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  while (child.exitCode === null && child.signalCode === null) {
    child.kill(signal);
    await setTimeout(50);
  }
}

/** Starts the bundled command line as a process; killed when the test ends. */
export function startCli(argv: readonly string[], { before, ...options }: ChildOptions = {}): Child {
  const flags = before ? ['--import', `data:text/javascript,${encodeURIComponent(before)}`] : [];
  return start(process.execPath, [...flags, bundledCli, ...argv], options);
}

/** Runs the bundled command line to its end. */
export function runCli(argv: readonly string[], options: ChildOptions = {}): Promise<ChildEnded> {
  return startCli(argv, options).ended;
}

/** Starts a shell script, in which `cli` is the bundled command line and `$1`, `$2` … are `args`. */
export function startShell(script: string, args: readonly string[] = [], options: ChildOptions = {}): Child {
  const define = 'cli() { "$NODE" "$CLI" "$@"; }\n';
  const env = { ...options.env, NODE: process.execPath, CLI: bundledCli };
  return start('sh', ['-c', define + script, 'sh', ...args], { ...options, env });
}

/** Runs a shell script to its end. */
export function runShell(
  script: string,
  args: readonly string[] = [],
  options: ChildOptions = {},
): Promise<ChildEnded> {
  return startShell(script, args, options).ended;
}

function start(command: string, args: readonly string[], { env, cwd, stdin = '' }: ChildOptions): Child {
  const started = performance.now();
  // A group of its own, so that nothing that a script started is left.
  const child = spawn(command, args, { env: { PATH: process.env.PATH ?? '', ...env }, cwd, detached: true });
  onTestFinished(() => {
    try {
      process.kill(-child.pid!, 'SIGKILL');
    } catch {
      // It has ended.
    }
  });
  let stdout = '';
  let stderr = '';
  let heard = () => {};
  child.stdin.on('error', () => {}).end(stdin);
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
    heard();
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
    heard();
  });
  const ended = new Promise<ChildEnded>((resolve) => {
    child.on('close', (exitCode, signal) =>
      resolve({
        exitCode,
        signal,
        shellCode: exitCode ?? 128 + constants.signals[signal!],
        stdout,
        stderr,
        elapsedMs: performance.now() - started,
      }),
    );
  });
  const printed = (text: string, times = 1) =>
    new Promise<void>((resolve) => {
      heard = () => {
        if (`${stdout}\n${stderr}`.split(text).length > times) resolve();
      };
      heard();
    });
  return {
    process: child,
    ended,
    printed,
    get stderr() {
      return stderr;
    },
  };
}
