import type { LoadEnded, LoadSecond, LoadVerdict } from '../../core/load.js';
import { compareLoads } from '../../load/compareLoads.js';
import { judgeLoad } from '../../load/judgeLoad.js';
import { runLoad } from '../../load/runLoad.js';
import { lookAfterLoad } from '../../session/load/lookAfterLoad.js';
import { openLoad } from '../../session/load/openLoad.js';
import { prepareLoad } from '../../session/load/prepareLoad.js';
import { withRoute } from '../../session/project/projectRoute.js';
import { openFlowTarget } from '../../session/target/openFlowTarget.js';
import { callDestination, withoutHandler } from '../project/callDestination.js';
import { callMessages, openCall } from '../project/openCall.js';
import { readCall } from '../project/readCall.js';
import type { AnyProvider } from '../providers.js';
import { type LoadOptions, loadCall, loadKeys } from './loadOptions.js';

/** Reads all options, sends the load and yields each second, and what it came to last. */
export async function* performLoad<P extends AnyProvider>(
  given: LoadOptions<P>,
): AsyncGenerator<LoadSecond | LoadResult, void> {
  const read = readCall(loadCall, loadKeys, withoutHandler(given));
  const { project, provider, io } = await openCall(given);
  const { target, carrier } = await callDestination(given, read, project);
  // What runs in this process is nobody else's.
  const options = { ...withRoute(read, project, target), ...(carrier && { allowRemote: true }) };
  const events = [given.events ?? []].flat();
  const ready = await prepareLoad({ project, provider: provider?.name ?? null, events, target }, options, io);
  const open = await openFlowTarget(target, ready.secrets, { talk: callMessages(io), clock: io.clock });
  try {
    const opened = await openLoad(ready, open, io, carrier);
    const { plan, notes } = opened;
    let sent: LoadEnded | undefined;
    for await (const event of runLoad(plan)) {
      if (event.type === 'second') yield event;
      else sent = event;
    }
    const ended = await lookAfterLoad(sent!, opened);
    const verdict = judgeLoad(
      ended,
      ready.thresholds,
      ready.baseline ? compareLoads(ended, ready.baseline, ready.tolerance) : [],
    );
    const passed = verdict.verdict === 'passed' && !ended.interrupted;
    yield Object.freeze({ ...ended, ...verdict, passed, notes: [...ready.warnings, ...notes, ...io.notes] });
  } finally {
    await open.close();
  }
}

/** What a load came to. */
export interface LoadResult extends LoadEnded, LoadVerdict {
  /** True where all was kept that had to be, and could be judged. */
  readonly passed: boolean;
  /** What is odd about the call, though it was carried out. */
  readonly notes: readonly string[];
}
