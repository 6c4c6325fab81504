import type { StateAtRest } from '../core/load.js';
import type { Clock } from '../core/world.js';
import { differences } from '../flow/comparison.js';
import type { Snapshot } from '../flow/view.js';
import type { Json } from '../json/value.js';

/** Milliseconds between two looks, and for which a state has to stay the same. */
const pauseMs = 100;
const restMs = 1000;

/** Looks at a receiver's state until it stays the same for a second; `limitMs` is how long it may go on changing. */
export async function timeToRest(
  look: () => Promise<Snapshot>,
  { clock, signal, limitMs }: { readonly clock: Clock; readonly signal: AbortSignal; readonly limitMs: number },
): Promise<StateAtRest> {
  const startMs = clock.now();
  let last: Json | undefined;
  let sinceMs = 0;
  while (!signal.aborted) {
    const snapshot = await look();
    const nowMs = clock.now() - startMs;
    if (!snapshot.ok) return { ms: null, problem: snapshot.message };
    const isSame = last !== undefined && differences(last, snapshot.state).next().done === true;
    if (!isSame) sinceMs = nowMs;
    last = snapshot.state;
    if (isSame && nowMs - sinceMs >= restMs) return { ms: sinceMs, problem: null };
    if (nowMs > limitMs)
      return { ms: null, problem: `The state still changes ${Math.round(limitMs / 1000)} s after the last delivery.` };
    await clock.sleep(pauseMs, signal).catch(() => {});
  }
  return { ms: null, problem: 'The probe was interrupted.' };
}
