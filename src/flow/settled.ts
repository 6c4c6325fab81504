import type { Clock } from '../core/clock.js';
import { differences } from './differences.js';
import type { Probe, Snapshot } from './snapshot.js';
import type { Telling } from './tellFlow.js';
import { viewOf } from './view.js';

/** Milliseconds between two looks. */
const pauseMs = 100;
/** Looks after which a state that never rests is taken as it is. */
const patience = 10;

/** The state after a flow, once it is the same twice: a receiver may go on working after it has answered. */
export async function settled(
  probe: Probe,
  telling: Telling,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<Snapshot> {
  const view = viewOf(telling);
  let last = await probe(view);
  for (let looks = 1; last.ok && looks < patience && !signal.aborted; looks++) {
    await clock.sleep(pauseMs, signal).catch(() => {});
    const next = await probe(view);
    const isAtRest = next.ok && differences(last.state, next.state).next().done === true;
    last = next;
    if (isAtRest) break;
  }
  return last;
}
