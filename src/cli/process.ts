import { version } from '../core/version.js';
import { favourStart } from './favourStart.js';
import type { Io } from './io.js';
import { output } from './output.js';

/** The command line as a process: the real streams, clock, randomness and signals, each loaded when it is first used. */
export async function run(): Promise<void> {
  const argv = process.argv.slice(2);
  const interrupt = new AbortController();
  const stdout = output(
    1,
    () => process.stdout,
    () => interrupt.abort('EPIPE'),
  );
  if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) {
    stdout.write(`${version}\n`);
    return;
  }
  const { main } = await import('./main.js');
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => interrupt.abort(signal));
  }
  const io: Io = {
    stdout,
    stderr: output(
      2,
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
    favourStart,
  };
  process.exitCode = await main(argv, io);
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
