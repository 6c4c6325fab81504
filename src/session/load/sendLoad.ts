import type { LoadEnded, LoadSecond, LoadVerdict } from '../../core/load.js';
import { compareLoads } from '../../load/compareLoads.js';
import { judgeLoad } from '../../load/judgeLoad.js';
import type { OpenLoad } from './openLoad.js';
import type { ReadyLoad } from './prepareLoad.js';

/** The result of a load, with the verdict on it. */
export interface JudgedLoad {
  readonly type: 'judged';
  readonly ended: LoadEnded;
  readonly verdict: LoadVerdict;
}

/** Sends a load and, where asked for, probes the receiver's state: yields each second as it ends, and the judged result last. */
export async function* sendLoad(
  { thresholds, baseline, tolerance }: ReadyLoad,
  opened: OpenLoad,
): AsyncGenerator<LoadSecond | JudgedLoad, void> {
  await opened.probe?.assertSeen();
  for await (const event of opened.run()) {
    if (event.type === 'second') {
      yield event;
      continue;
    }
    const ended = await lookAfter(event, opened);
    const comparison = baseline ? compareLoads(ended, baseline, tolerance) : [];
    yield { type: 'judged', ended, verdict: judgeLoad(ended, thresholds, comparison) };
  }
}

/** Adds when the receiver's state came to rest, where it is looked at; an interruption of the look is one of the load. */
async function lookAfter(ended: LoadEnded, { probe, signal }: OpenLoad): Promise<LoadEnded> {
  if (probe === null || ended.interrupted) return ended;
  const settled = await probe.waitForRest();
  return { ...ended, settled, interrupted: signal.aborted };
}
