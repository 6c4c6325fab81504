import { branchRandom, type Random, randomFrom, seededRandom } from '../core/random.js';

/** The origin of a load's random numbers: a seed, or 16 random bytes. */
export type RandomOrigin = number | Uint8Array;

/** The random numbers of one thread of a load. */
export interface LoadRandoms {
  /** Of when arrivals are due: the same in all threads. */
  readonly schedule: Random;
  /** Of all else: others in each thread. */
  readonly random: Random;
}

/** The random numbers of the thread of an index. */
export function loadRandoms(origin: RandomOrigin, index = 0): LoadRandoms {
  const source = typeof origin === 'number' ? seededRandom(origin) : randomFrom(origin);
  const schedule = branchRandom(source);
  let random = branchRandom(source);
  for (let at = 0; at < index; at++) random = branchRandom(source);
  return { schedule, random };
}
