import { readFileSync } from 'node:fs';
import { isSea } from 'node:sea';
import { Worker, type WorkerOptions } from 'node:worker_threads';

/**
 * Starts a thread that runs an entry of the bundle. Threads of a single executable don't see the files in it: there, a text that the build
 * makes mounts these, and `load` loads the same module.
 */
export function startThread(entry: 'loadWorker' | 'hintsWorker', options: WorkerOptions): Worker {
  const file = `${entry}.js`;
  if (!isSea()) return new Worker(new URL(`./${file}`, import.meta.url), options);
  const mounting = readFileSync(new URL('./executableWorker.cjs', import.meta.url), 'utf8');
  return new Worker(`${mounting}load(${JSON.stringify(file)});\n`, {
    ...options,
    eval: true,
    execArgv: ['--experimental-vfs', '--disable-warning=ExperimentalWarning'],
  });
}
