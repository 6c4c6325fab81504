import { closeSync, constants, fstatSync, openSync, type Stats, writeSync } from 'node:fs';
import type { Output } from '../../core/world.js';

/** Rdev of /dev/null and /dev/full on Linux: character devices that are no terminals. */
const plainDevices = [0x103, 0x107];

/** Milliseconds until a pipe that was full is tried again. */
const patienceMs = 5;

/** Called once, with the error after which nothing more can be written: EPIPE for a reader that went away. */
type OnBroken = (error: NodeJS.ErrnoException) => void;

/** Pipes by their identity, so that two streams of one pipe (`2>&1 |`) write whole lines in turn. */
const pipes = new Map<string, Output>();

/**
 * An output stream of the process. Files and pipes are written at once, as Node itself does on POSIX, but without
 * loading Node's streams and sockets, which takes longer than most commands; a terminal is opened by its first use.
 * Writing never throws, and a slow reader does not hold up the process.
 */
export function output(fd: 1 | 2, open: () => NodeJS.WriteStream, onBroken: OnBroken): Output {
  const stat = process.platform === 'win32' ? undefined : fstatSync(fd);
  if (stat?.isFIFO()) {
    const identity = `${stat.dev}:${stat.ino}`;
    const pipe = pipes.get(identity) ?? descriptorOutput(withoutBlocking(fd, stat), onBroken);
    pipes.set(identity, pipe);
    return pipe;
  }
  return stat && isPlain(stat) ? descriptorOutput(fd, onBroken) : streamed(open, onBroken);
}

function isPlain(stat: Stats): boolean {
  return stat.isFile() || stat.isSocket() || (stat.isCharacterDevice() && plainDevices.includes(stat.rdev));
}

/**
 * The same pipe, opened again where the system can do that (Linux): its mode is then ours alone, and not shared with the
 * other programs that write to it. A process that waits inside of a write hears neither receivers nor Ctrl-C.
 */
function withoutBlocking(fd: number, { dev, ino }: Stats): number {
  if (process.platform !== 'linux') return fd;
  try {
    const own = openSync(`/proc/self/fd/${fd}`, constants.O_WRONLY | constants.O_NONBLOCK);
    const stat = fstatSync(own);
    if (stat.dev === dev && stat.ino === ino) return own;
    closeSync(own);
  } catch {
    // No /proc, or no reader any more: the first write will show it.
  }
  return fd;
}

/** Writes to an open descriptor that is no terminal, without waiting for its reader. */
export function descriptorOutput(fd: number, onBroken: OnBroken): Output {
  const waiting: Uint8Array[] = [];
  let behind: Promise<void> | undefined;
  let broken = false;

  /** Writes as much as is taken now and returns the rest. */
  const push = (bytes: Uint8Array): Uint8Array => {
    let rest = bytes;
    try {
      while (rest.length > 0) rest = rest.subarray(writeSync(fd, rest));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return rest;
      broken = true;
      onBroken(error as NodeJS.ErrnoException);
    }
    return rest;
  };
  const catchUp = async () => {
    while (waiting.length > 0 && !broken) {
      await new Promise((resolve) => setTimeout(resolve, patienceMs));
      while (waiting.length > 0 && !broken) {
        waiting[0] = push(waiting[0]!);
        if (waiting[0].length > 0) break;
        waiting.shift();
      }
    }
    waiting.length = 0;
    behind = undefined;
  };
  return {
    write(text) {
      if (broken) return;
      const bytes = Buffer.from(text);
      const rest = behind ? bytes : push(bytes);
      if (rest.length === 0 || broken) return;
      waiting.push(rest);
      behind ??= catchUp();
    },
    get behind() {
      return behind;
    },
    get broken() {
      return broken;
    },
    isTTY: false,
    columns: 80,
  };
}

function streamed(open: () => NodeJS.WriteStream, onBroken: OnBroken): Output {
  let stream: NodeJS.WriteStream | undefined;
  let broken = false;
  const opened = () => {
    stream ??= open().on('error', (error) => {
      if (!broken) onBroken(error);
      broken = true;
    });
    return stream;
  };
  return {
    write(text) {
      if (!broken) opened().write(text);
    },
    get behind() {
      if (broken || !stream?.writableLength) return undefined;
      return new Promise<void>((resolve) => stream!.write('', () => resolve()));
    },
    get broken() {
      return broken;
    },
    get isTTY() {
      return opened().isTTY === true;
    },
    get columns() {
      return opened().columns ?? 80;
    },
    get rows() {
      return opened().rows;
    },
  };
}

/** Resolves when a slow reader has taken all output, or when the run is interrupted. */
export function waitForDrain(behind: Promise<void>, interrupted: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      interrupted.removeEventListener('abort', go);
      resolve();
    };
    if (interrupted.aborted) return go();
    interrupted.addEventListener('abort', go);
    behind.then(go);
  });
}
