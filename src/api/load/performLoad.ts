import { UsageError } from '../../core/errors.js';
import type { LoadEnded, LoadSecond, LoadVerdict } from '../../core/load.js';
import { isShipped } from '../../providers/catalogue.js';
import { logLoad } from '../../session/load/logLoad.js';
import { openLoad } from '../../session/load/openLoad.js';
import { prepareLoad } from '../../session/load/prepareLoad.js';
import { type JudgedLoad, sendLoad } from '../../session/load/sendLoad.js';
import { withRoute } from '../../session/project/projectRoute.js';
import { openFlowTarget } from '../../session/target/openFlowTarget.js';
import { silentMessages } from '../../session/target/silentMessages.js';
import { callName } from '../assertOptions.js';
import { type CallDestination, callDestination, withoutHandler } from '../project/callDestination.js';
import { callLog } from '../project/callWorld.js';
import { type OpenCall, openCall } from '../project/openCall.js';
import { readCall } from '../project/readCall.js';
import type { AnyProvider } from '../providers.js';
import { type LoadOptions, loadCall, loadKeys } from './loadOptions.js';

/** Reads all options, sends the load and yields each second, and last the result. */
export async function* performLoad<P extends AnyProvider>(
  given: LoadOptions<P>,
): AsyncGenerator<LoadSecond | LoadResult, void> {
  const read = readCall(loadCall, loadKeys, withoutHandler(given));
  const { project, provider, io } = await openCall(given);
  const { target, inProcess } = await callDestination(given, read, project);
  // A handler in this process is always the caller's own.
  const options = { ...withRoute(read, project, target), ...(inProcess && { allowRemote: true }) };
  const events = [given.events ?? []].flat();
  if ((options.workers ?? 1) > 1) assertForThreads(given, { inProcess, provider });
  const ready = await prepareLoad({ project, provider: provider?.name ?? null, events, target }, options, io);
  const open = await openFlowTarget(target, ready.secrets, { talk: silentMessages(io), clock: io.clock });
  try {
    const opened = await openLoad(ready, open, io, inProcess);
    let judged: JudgedLoad | undefined;
    const startedAt = io.clock.now();
    for await (const event of sendLoad(ready, opened)) {
      if (event.type === 'second') yield event;
      else judged = event;
    }
    const { ended, verdict } = judged!;
    const log = callLog({ project, command: 'load' }, options, io);
    logLoad(log, { ready, names: opened.names, url: open.url, startedAt, judged: judged! });
    const passed = verdict.verdict === 'passed' && !ended.interrupted;
    yield Object.freeze({ ...ended, ...verdict, passed, notes: [...ready.warnings, ...opened.notes, ...io.notes] });
  } finally {
    await open.close();
  }
}

/** Throws a UsageError for what lives in this thread alone. */
function assertForThreads<P extends AnyProvider>(
  { provider: named }: LoadOptions<P>,
  { inProcess, provider }: Pick<CallDestination, 'inProcess'> & Pick<OpenCall, 'provider'>,
): void {
  if (inProcess !== null) {
    throw new UsageError(
      'CONFLICT',
      `${callName('workers')}: a handler is called in this thread, and others can't reach it. Leave the option out.`,
    );
  }
  if (typeof named !== 'object' || provider === undefined || isShipped(provider)) return;
  throw new UsageError(
    'CONFLICT',
    `${callName('workers')}: other threads can't be given a provider that is an object of this one. Name one that ships, or one of a config (${callName('config')}).`,
  );
}

/** The result of a load. */
export interface LoadResult extends LoadEnded, LoadVerdict {
  /** True where all was kept that had to be, and could be judged. */
  readonly passed: boolean;
  /** Remarks about the call that did not stop it. */
  readonly notes: readonly string[];
}
