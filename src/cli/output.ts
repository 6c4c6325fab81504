import { fstatSync, writeSync } from 'node:fs';
import type { Output } from './io.js';

/** Rdev of /dev/null on Linux: a character device that is no terminal. */
const nullDevice = 0x103;

/**
 * An output stream of the process. Files and pipes are written at once, as Node itself does on POSIX, but without
 * loading Node's streams and sockets, which takes longer than most commands; a terminal is opened by its first use.
 * A reader that goes away (`| head`) is told once, by `onClosed`, and never throws.
 */
export function output(fd: 1 | 2, open: () => NodeJS.WriteStream, onClosed: () => void): Output {
  return isPlain(fd) ? plain(fd, onClosed) : streamed(open, onClosed);
}

function isPlain(fd: number): boolean {
  if (process.platform === 'win32') return false;
  const stat = fstatSync(fd);
  return stat.isFIFO() || stat.isFile() || stat.isSocket() || (stat.isCharacterDevice() && stat.rdev === nullDevice);
}

function plain(fd: number, onClosed: () => void): Output {
  let closed = false;
  return {
    write(text) {
      let rest: Uint8Array = Buffer.from(text);
      while (!closed && rest.length > 0) {
        try {
          rest = rest.subarray(writeSync(fd, rest));
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code === 'EAGAIN') {
            pause();
          } else {
            closed = true;
            onClosed();
          }
        }
      }
    },
    isTTY: false,
    columns: 80,
  };
}

/** A moment for the reader of a pipe that is full and does not block. */
function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
}

function streamed(open: () => NodeJS.WriteStream, onClosed: () => void): Output {
  let stream: NodeJS.WriteStream | undefined;
  let closed = false;
  const opened = () => {
    stream ??= open().on('error', () => {
      if (!closed) onClosed();
      closed = true;
    });
    return stream;
  };
  return {
    write(text) {
      if (!closed) opened().write(text);
    },
    get isTTY() {
      return opened().isTTY === true;
    },
    get columns() {
      return opened().columns ?? 80;
    },
  };
}
