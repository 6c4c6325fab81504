import { availableParallelism } from 'node:os';
import type { LoadValues } from '../../options/load.js';

/** Returns warnings about a number of threads. */
export function workerWarnings(workers: number, { nameOf }: Pick<LoadValues, 'nameOf'>): string[] {
  const cores = workers > 1 ? availableParallelism() : workers;
  if (workers <= cores) return [];
  return [
    `${nameOf('workers')} ${workers}: this machine has ${cores === 1 ? 'one core' : `${cores} cores`}, and the receiver may need some of it. More threads than cores send no more.`,
  ];
}
