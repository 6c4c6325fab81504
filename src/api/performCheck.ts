import { runChecks } from '../check/runChecks.js';
import type { CheckEvent } from '../core/check.js';
import { logCheck } from '../session/check/logCheck.js';
import { openCheck } from '../session/check/openCheck.js';
import { prepareCheck } from '../session/check/prepareCheck.js';
import { withRoute } from '../session/project/projectRoute.js';
import { silentMessages } from '../session/target/silentMessages.js';
import { openTarget } from '../session/target/target.js';
import { Transport } from '../transport/transport.js';
import { type CheckOptions, checkCall, checkKeys } from './checkOptions.js';
import { callDestination, serveCallKeys, withoutHandler } from './project/callDestination.js';
import { callLog } from './project/callWorld.js';
import { openProviderCall } from './project/openCall.js';
import { readCall } from './project/readCall.js';
import type { AnyProvider } from './providers.js';
import { resolveEvent } from './resolveProvider.js';

/** Reads all options, checks the receiver and yields the result of each case. */
export async function* performCheck<P extends AnyProvider>(given: CheckOptions<P>): AsyncGenerator<CheckEvent, void> {
  const read = readCall(checkCall, checkKeys, withoutHandler(given));
  const { project, provider, io } = await openProviderCall(given);
  const event = resolveEvent(provider, given.event);
  const { target, inProcess } = await callDestination(given, read, project);
  // A handler in this process is always the caller's own.
  const options = { ...withRoute(read, project, target), ...(inProcess && { allowRemote: true }) };
  const ready = await prepareCheck({ provider, event, project, target, route: given.route }, options, io);
  const { secrets } = ready.source;
  const keys = await serveCallKeys(options.serveKeys, [[provider, secrets]]);
  const open = await openTarget(target, provider, secrets, { talk: silentMessages(io), clock: io.clock });
  const transport = inProcess ?? new Transport({ route: ready.route });
  const shown = inProcess ? 'a handler in this process' : open.shown;
  const log = callLog({ project, command: 'check' }, options, io);
  try {
    const check = await openCheck(ready, { open: { ...open, shown }, transport }, io);
    for await (const event of runChecks({ ...check, concludes: true })) {
      logCheck(log, event, ready, io);
      yield event;
    }
  } finally {
    log.close();
    transport.close();
    await open.close();
    await keys?.close();
  }
}
