import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { assertWhole, limits } from '../core/limits.js';
import { type Random, randomFrom, seededRandom } from '../core/random.js';
import type { Clock, World } from '../core/world.js';

/** The real time. */
export const clock: Clock = {
  now: Date.now,
  sleep: (ms, signal) =>
    setTimeout(ms, undefined, signal && { signal }).catch(() => {
      throw signal?.reason;
    }),
};

/** The folder that relative paths start from. */
export const workingFolder = (): string => process.cwd();

/** The environment of this process. */
export const environment = (): World['env'] => process.env;

/** Real randomness, or that of a seed. Throws a UsageError for one that is none. */
export function createRandom(seed: number | undefined): Random {
  return seed === undefined
    ? randomFrom(randomBytes(16))
    : seededRandom(assertWhole(seed, 'options.seed', limits.seed));
}

/** Fresh random bytes. */
export const entropy: World['entropy'] = randomBytes;
