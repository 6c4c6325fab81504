import type { LoadEnded } from '../../core/load.js';
import type { OpenLoad } from './openLoad.js';

/** Adds when the receiver's state came to rest, where it is looked at; an interruption of the look is one of the load. */
export async function lookAfterLoad(ended: LoadEnded, { plan, probe }: OpenLoad): Promise<LoadEnded> {
  if (probe === null || ended.interrupted) return ended;
  const settled = await probe();
  return { ...ended, settled, interrupted: plan.signal.aborted };
}
