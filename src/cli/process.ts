import type { Io, Output } from './io.js';
import { main } from './main.js';

/** The command line as a process: the real streams, clock, randomness and signals, each loaded when it is first used. */
export async function run(): Promise<void> {
  const interrupt = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => interrupt.abort(signal));
  }
  const io: Io = {
    stdout: output(
      () => process.stdout,
      () => interrupt.abort('EPIPE'),
    ),
    stderr: output(
      () => process.stderr,
      () => {},
    ),
    readStdin,
    get stdinIsTTY() {
      return process.stdin.isTTY === true;
    },
    env: process.env,
    get cwd() {
      return process.cwd();
    },
    clock: { now: Date.now, sleep },
    entropy: (bytes) => process.getBuiltinModule('node:crypto').randomBytes(bytes),
    interrupted: interrupt.signal,
  };
  process.exitCode = await main(process.argv.slice(2), io);
}

/** A stream that is opened by its first use; a reader that goes away (`| head`) is told once and never throws. */
function output(open: () => NodeJS.WriteStream, onClosed: () => void): Output {
  let opened: NodeJS.WriteStream | undefined;
  let closed = false;
  const stream = () => {
    if (!opened) {
      opened = open();
      opened.on('error', () => {
        if (!closed) onClosed();
        closed = true;
      });
    }
    return opened;
  };
  return {
    write(text) {
      if (!closed) stream().write(text);
    },
    get isTTY() {
      return stream().isTTY === true;
    },
    get columns() {
      return stream().columns ?? 80;
    },
  };
}

function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', abort);
      resolve();
    }, ms);
    if (signal?.aborted) abort();
    else signal?.addEventListener('abort', abort, { once: true });
  });
}

async function readStdin(): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
