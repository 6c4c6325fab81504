import type { Clock } from '../core/clock.js';

/** One of the two output streams, as a command sees it. */
export interface Output {
  write(text: string): void;
  readonly isTTY: boolean;
  readonly columns: number;
}

/** All of the world that the command line touches; tests give their own. */
export interface Io {
  readonly stdout: Output;
  readonly stderr: Output;
  /** Reads all of standard input. */
  readonly readStdin: () => Promise<Uint8Array>;
  readonly stdinIsTTY: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly clock: Clock;
  /** Fresh random bytes. */
  readonly entropy: (bytes: number) => Uint8Array;
  /** Aborted by SIGINT or SIGTERM; the reason is the signal's name. */
  readonly interrupted: AbortSignal;
  /** Tells the engine that the run is short: better to start fast than to get faster. */
  readonly favourStart: () => void;
}
