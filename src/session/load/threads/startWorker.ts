import { readFileSync } from 'node:fs';
import { isSea } from 'node:sea';
import { Worker } from 'node:worker_threads';
import type { ThreadTask } from './threadTask.js';

/** Starts the thread of a task. Threads of a single executable don't see the files in it: there, a text that the build makes mounts these and loads the same module. */
export function startWorker(task: ThreadTask): Worker {
  if (!isSea()) return new Worker(new URL('./loadWorker.js', import.meta.url), { workerData: task });
  return new Worker(readFileSync(new URL('./executableWorker.cjs', import.meta.url), 'utf8'), {
    eval: true,
    workerData: task,
    execArgv: ['--experimental-vfs', '--disable-warning=ExperimentalWarning'],
  });
}
