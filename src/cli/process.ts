import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Io, Output } from './io.js';
import { main } from './main.js';

/** The command line as a process: the real streams, clock, randomness and signals. */
export async function run(): Promise<void> {
  const interrupt = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => interrupt.abort(signal));
  }
  const io: Io = {
    stdout: output(process.stdout),
    stderr: output(process.stderr),
    readStdin,
    stdinIsTTY: process.stdin.isTTY === true,
    env: process.env,
    cwd: process.cwd(),
    clock: {
      now: Date.now,
      sleep: (ms, signal) => delay(ms, undefined, signal ? { signal } : {}),
    },
    entropy: (bytes) => randomBytes(bytes),
    interrupted: interrupt.signal,
  };
  process.exitCode = await main(process.argv.slice(2), io);
}

function output(stream: NodeJS.WriteStream): Output {
  // A reader that went away (`| head`) ends the output, not the run.
  stream.on('error', () => {});
  return {
    write: (text) => void stream.write(text),
    isTTY: stream.isTTY === true,
    columns: stream.columns ?? 80,
  };
}

async function readStdin(): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
