import type { Duplex } from 'node:stream';
import { readStopwatch } from './stopwatch.js';

/** The duration of each step to a connection, in milliseconds; null for one that did not begin. */
export interface Steps {
  readonly dnsMs: number | null;
  readonly connectMs: number | null;
  readonly tlsMs: number | null;
}

/** The stopwatch of a connection: each step ends when the next begins. */
export class StepWatch {
  private readonly start = readStopwatch();
  private looked: number | null = null;
  private connected: number | null = null;
  private ready: number | null = null;

  /** `named`: a name is looked up; `secure`: TLS with the target comes last. */
  constructor(
    private readonly named: boolean,
    private readonly secure: boolean,
  ) {}

  get isReady(): boolean {
    return this.ready !== null;
  }

  /** The name has its address. */
  lookUp(): void {
    this.looked = readStopwatch();
  }

  connect(): void {
    this.connected = readStopwatch();
  }

  finish(): void {
    this.ready = readStopwatch();
  }

  /** Returns the durations; the step in progress counts until `now`. */
  steps(now: number): Steps {
    const { start, looked, connected, ready, named, secure } = this;
    return {
      dnsMs: named ? (looked ?? now) - start : null,
      connectMs: named && looked === null ? null : (connected ?? now) - (looked ?? start),
      tlsMs: secure && connected !== null ? (ready ?? now) - connected : null,
    };
  }
}

/**
 * Keeps a socket open for reading after a write to it failed, until the other side has finished: Node destroys the socket, and the answer of a
 * receiver that answers early and then closes would be lost. `failed` is called at the failure.
 */
export function keepReadableAfterWriteError(socket: Duplex, failed: () => void): void {
  const write = socket._write.bind(socket);
  const writev = socket._writev?.bind(socket);
  const keepReadable =
    (done: (error?: Error | null) => void) =>
    (error?: Error | null): void => {
      if (error && !socket.destroyed && !socket.readableEnded) {
        failed();
        socket.once('end', () => done(error));
      } else {
        done(error);
      }
    };
  socket._write = (chunk, encoding, done) => write(chunk, encoding, keepReadable(done));
  if (writev) socket._writev = (chunks, done) => writev(chunks, keepReadable(done));
}
