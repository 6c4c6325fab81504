import { statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { isAbsolute, resolve } from 'node:path';
import { printable } from '../../../core/printable.js';
import type { Io } from '../../io/io.js';

/** Bytes that one input may hold; more than any provider sends (GitHub, the most generous one known, ends at 25 MB). */
export const inputLimit = 32 * 1024 * 1024;

/**
 * Reads a file that the command line names, or standard input for `-`, without reading endlessly.
 * Throws an Error whose message says in a few words what is wrong with it.
 */
export async function readInput(path: string, io: Io): Promise<Uint8Array> {
  const reading = new AbortController();
  if (isPipe(path, io)) tellOfWaiting(path, io, reading.signal);
  const bytes = await read(path, io)
    .finally(() => reading.abort())
    .catch((cause: NodeJS.ErrnoException) => {
      throw new Error(reasonOf(cause), { cause });
    });
  if (bytes.length > inputLimit) throw new Error(`it holds more than ${inputLimit / 1024 / 1024} MiB`);
  return bytes;
}

/** Milliseconds after which it is told that a pipe is waited for. */
const silenceMs = 1000;

function isPipe(path: string, io: Io): boolean {
  try {
    return path !== '-' && statSync(isAbsolute(path) ? path : resolve(io.cwd, path)).isFIFO();
  } catch {
    return false;
  }
}

function tellOfWaiting(path: string, io: Io, read: AbortSignal): void {
  const tell = () => {
    if (!read.aborted) io.stderr.write(`Waiting for ${printable(path)}, a pipe that nobody has written all of yet\n`);
  };
  io.clock.sleep(silenceMs, read).then(tell, () => {});
}

function reasonOf({ code, syscall }: NodeJS.ErrnoException): string {
  if (syscall === 'uv_cwd') return 'the current folder no longer exists';
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EISDIR') return 'it is a folder';
  return `it can't be read (${code})`;
}

async function read(path: string, io: Io): Promise<Uint8Array> {
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
