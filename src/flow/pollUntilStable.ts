import type { Clock } from '../core/world.js';
import type { Json } from '../json/value.js';
import { differences } from './comparison.js';
import type { Snapshot } from './view.js';

/** Milliseconds between two looks. */
const pauseMs = 100;
/** Looks after which a state that never rests is taken as it is. */
const patience = 10;

/**
 * The state after a flow, once it is the same twice and no longer that of before: a receiver may go on working after it has answered.
 */
export async function pollUntilStable(
  look: () => Promise<Snapshot>,
  before: Json | undefined,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<Snapshot> {
  let last = await look();
  for (let looks = 1; last.ok && looks < patience && !signal.aborted; looks++) {
    await clock.sleep(pauseMs, signal).catch(() => {});
    const next = await look();
    const isAtRest = next.ok && isAlike(last.state, next.state) && (!before || !isAlike(before, next.state));
    last = next;
    if (isAtRest) break;
  }
  return last;
}

function isAlike(left: Json, right: Json): boolean {
  return differences(left, right).next().done === true;
}
