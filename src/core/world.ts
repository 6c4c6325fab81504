import type { SecretMask } from './secretMask.js';

/** One of the two output streams, as a command sees it. */
export interface Output {
  write(text: string): void;
  /** While a reader is slow: resolves when it has taken all that was written, or can't be written to any more. */
  readonly behind?: Promise<void> | undefined;
  /** True once nothing more can be written. */
  readonly broken?: boolean;
  readonly isTTY: boolean;
  readonly columns: number;
  /** Lines of a terminal, where they are known. */
  readonly rows?: number | undefined;
}

/** The parts of the world around the process that a use case may touch; tests pass their own. */
export interface World {
  readonly stdout: Output;
  readonly stderr: Output;
  /** Reads standard input to its end, or until there are more than `limit` bytes. */
  readonly readStdin: (limit: number) => Promise<Uint8Array>;
  /** Asks a person for a text that is not shown while it is typed; absent where there is nobody to ask. */
  readonly askHidden?: ((message: string) => Promise<string>) | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly clock: Clock;
  /** The secrets that were read so far: every reader of one adds it, and all output is masked by it. */
  readonly secrets: SecretMask;
  /** True in a call of the library, where there is no shell. */
  readonly isCall?: true;
  /** Fresh random bytes. */
  readonly entropy: (bytes: number) => Uint8Array;
  /**
   * Aborted by SIGINT or SIGTERM, with the signal's name as its reason, or when stdout can't be written any more. Until it is first read, a signal
   * ends the process as usual.
   */
  readonly interrupted: AbortSignal;
}

/** Time as an argument: the two shells give the real one, tests a virtual one. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number;
  /** Resolves after `ms` milliseconds; rejects with the signal's reason when it is aborted first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}
