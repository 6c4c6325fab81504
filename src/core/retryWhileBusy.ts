import { platform } from 'node:os';

/** Milliseconds between the tries. */
const pausesMs = [5, 10, 25, 50, 100, 200, 400];
const busy = ['EACCES', 'EBUSY', 'EPERM'];

/**
 * Changes a file, again and again for most of a second where Windows does not let it: another program may have the file open, such as one that
 * looks for viruses. Throws the system's error.
 */
export function retryWhileBusy(work: () => void, system: NodeJS.Platform = platform()): void {
  for (const pause of system === 'win32' ? pausesMs : []) {
    try {
      work();
      return;
    } catch (error) {
      if (!busy.includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pause);
  }
  work();
}
