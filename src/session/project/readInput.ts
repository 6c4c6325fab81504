import { constants, openSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { isAbsolute, resolve } from 'node:path';
import { formatDuration } from '../../core/duration.js';
import { UsageError } from '../../core/errors.js';
import { maxPipeSilenceMs } from '../../core/limits.js';
import { printable } from '../../core/printable.js';
import type { World } from '../../core/world.js';

/** Bytes that one input may hold; more than any provider sends (GitHub, the most generous one known, ends at 25 MB). */
const inputLimit = 32 * 1024 * 1024;

/** Reads a file that the command line names, or standard input for `-`, up to a limit. Throws an Error whose message is a short reason. */
export async function readInput(path: string, io: World): Promise<Uint8Array> {
  const bytes = await (isPipe(path, io) ? readPipe(path, io) : read(path, io)).catch((cause: NodeJS.ErrnoException) => {
    throw new Error(describeReadError(cause), { cause });
  });
  if (bytes.length > inputLimit) throw new LargeInputError(`it holds more than ${inputLimit / 1024 / 1024} MiB`);
  return bytes;
}

/** Thrown for input above the limit. */
class LargeInputError extends Error {}

const largeAdvice = {
  BAD_CAPTURE: 'Save only the request that you want, and give that file.',
  BAD_DATA: 'No provider sends a body of that size. Take a smaller one.',
} as const;

/** The input's name in errors, and its kind. */
interface NamedInput {
  readonly source: string;
  readonly code: 'BAD_CAPTURE' | 'BAD_DATA';
}

/** Reads a file or standard input, as `readInput` does. Rejects with a UsageError. */
export function readNamedInput(path: string, { source, code }: NamedInput, io: World): Promise<Uint8Array> {
  return readInput(path, io).catch((cause: Error) => {
    const next = cause instanceof LargeInputError ? largeAdvice[code] : 'Name a file, or - for standard input.';
    throw new UsageError(code, `${source}: ${cause.message}. ${next}`, { cause });
  });
}

/** Milliseconds after which it is reported that a pipe is waited for. */
const silenceMs = 1000;

function isPipe(path: string, io: World): boolean {
  try {
    return path !== '-' && statSync(isAbsolute(path) ? path : resolve(io.cwd, path)).isFIFO();
  } catch {
    return false;
  }
}

/** Reads a pipe as it is written; one that stays silent is reported of, and given up at last. */
async function readPipe(path: string, io: World): Promise<Uint8Array> {
  const { Socket } = await import('node:net');
  // Opened without waiting for a writer: what waits in the system can't be given up.
  const fd = openSync(isAbsolute(path) ? path : resolve(io.cwd, path), constants.O_RDONLY | constants.O_NONBLOCK);
  const pipe = new Socket({ fd, readable: true, writable: false });
  const reading = new AbortController();
  const announce = () => {
    if (!reading.signal.aborted)
      io.stderr.write(`Waiting for ${printable(path)}, a pipe whose writer has not finished\n`);
  };
  io.clock.sleep(silenceMs, reading.signal).then(announce, () => {});
  const chunks: Uint8Array[] = [];
  let silence = new AbortController();
  const watch = () => {
    silence.abort();
    silence = new AbortController();
    const { signal } = silence;
    const giveUp = () => {
      if (!signal.aborted) pipe.destroy(Object.assign(new Error('silent'), { code: 'SILENT' }));
    };
    io.clock.sleep(maxPipeSilenceMs, signal).then(giveUp, () => {});
  };
  try {
    let total = 0;
    watch();
    for await (const chunk of pipe as AsyncIterable<Buffer>) {
      watch();
      chunks.push(chunk);
      total += chunk.length;
      if (total > inputLimit) break;
    }
    return Buffer.concat(chunks);
  } finally {
    reading.abort();
    silence.abort();
    pipe.destroy();
  }
}

function describeReadError({ code, syscall, message }: NodeJS.ErrnoException): string {
  if (syscall === 'uv_cwd') return 'the current folder no longer exists';
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'NO_STDIN') return message;
  if (code === 'SILENT') {
    return `it is a pipe to which nothing was written for ${formatDuration(maxPipeSilenceMs)}. Does a program write to it?`;
  }
  if (code === 'EISDIR') return 'it is a folder';
  return `it can't be read (${code})`;
}

async function read(path: string, io: World): Promise<Uint8Array> {
  if (path === '-') return io.readStdin(inputLimit);
  const file = await open(isAbsolute(path) ? path : resolve(io.cwd, path));
  try {
    const chunks: Uint8Array[] = [];
    for (let total = 0; total <= inputLimit; ) {
      const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(1 << 20));
      if (bytesRead === 0) break;
      chunks.push(buffer.subarray(0, bytesRead));
      total += bytesRead;
    }
    return Buffer.concat(chunks);
  } finally {
    await file.close();
  }
}
