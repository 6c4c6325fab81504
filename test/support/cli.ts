import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Io } from '../../src/cli/io/io.js';
import { main } from '../../src/cli/main.js';
import { UsageError } from '../../src/core/errors.js';
import { SecretMask } from '../../src/core/secretMask.js';
import type { Clock } from '../../src/core/world.js';
import { assertOutput } from './outputSchema.js';

/** The output and the end of a command line. */
export interface CliResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** The lines of stdout as JSON; throws where one is not. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came out
  readonly json: any[];
}

export interface CliOptions {
  readonly env?: Record<string, string>;
  readonly cwd?: string;
  readonly stdin?: string | Uint8Array;
  readonly isTTY?: boolean;
  readonly columns?: number;
  /** Milliseconds since 1970 that the clock shows; the real time by default. */
  readonly now?: number;
  readonly signal?: AbortSignal;
  /** In place of the real one. */
  readonly clock?: Clock;
  /** The user's editor; by default there is none. */
  readonly edit?: (text: string) => string;
}

/** The documents that were printed: one, or one a line; none where something else stands there, too. */
function documentsIn(stdout: string): unknown[] {
  try {
    return [JSON.parse(stdout)];
  } catch {
    try {
      return stdout.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));
    } catch {
      return [];
    }
  }
}

/** Runs the command line in this process, with streams, clock and environment of the test's. */
export async function cli(argv: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  let stdout = '';
  let stderr = '';
  const isTTY = options.isTTY ?? false;
  const columns = options.columns ?? 80;
  const io: Io = {
    stdout: {
      write: (text) => {
        stdout += text;
      },
      isTTY,
      columns,
    },
    stderr: {
      write: (text) => {
        stderr += text;
      },
      isTTY,
      columns,
    },
    errorStyle: { json: false, quiet: false },
    readStdin: async () => Buffer.from(options.stdin ?? ''),
    stdinIsTTY: isTTY,
    env: options.env ?? {},
    cwd: options.cwd ?? process.cwd(),
    clock: options.clock ?? {
      now: () => options.now ?? Date.now(),
      sleep: (ms, signal) => setTimeout(ms, undefined, signal && { signal }),
    },
    secrets: new SecretMask(),
    entropy: (bytes) => randomBytes(bytes),
    disableWasmTierUp: () => {},
    edit: async (text) => {
      if (options.edit) return options.edit(text);
      throw new UsageError('NO_EDITOR', 'There is no editor: set $VISUAL or $EDITOR.');
    },
    onKey: () => () => {},
    interrupted: options.signal ?? new AbortController().signal,
  };
  const exitCode = await main(argv, io);
  if (argv.includes('--json')) for (const document of documentsIn(stdout)) assertOutput(argv[0]!, document);
  return {
    exitCode,
    stdout,
    stderr,
    get json() {
      return stdout
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line));
    },
  };
}
