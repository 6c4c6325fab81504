import { type Random, randomFrom, seededRandom } from '../../core/random.js';
import type { World } from '../../core/world.js';
import type { FlowSettings } from './flowSettings.js';

/** The randomness and the clock of a run: the identities are the same for a seed, however their deliveries are shuffled. */
export function flowRandom({ seed, now }: FlowSettings, io: World): { ids: Random; order: Random; now: () => number } {
  const ids = seed === null ? randomFrom(io.entropy(16)) : seededRandom(seed);
  const order = seed === null ? randomFrom(io.entropy(16)) : seededRandom(seed + 1);
  return { ids, order, now: now === null ? io.clock.now : () => now };
}
