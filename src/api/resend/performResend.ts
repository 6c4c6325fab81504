import { exitCodeOf } from '../../core/exitCode.js';
import type { RunEnded } from '../../core/run.js';
import { resendOptions } from '../../options/resend.js';
import { openResend } from '../../session/resend/openResend.js';
import { sendKept } from '../../session/resend/sendKept.js';
import { openFlowTarget } from '../../session/target/openFlowTarget.js';
import { Transport } from '../../transport/transport.js';
import { callLog } from '../project/callLog.js';
import { frozen } from '../project/frozen.js';
import { callTalk, openCall } from '../project/openCall.js';
import { optionsBut, readCall } from '../project/readCall.js';
import type { ResendOptions, ResendResult, ResentDelivery } from './resendOptions.js';

const callOptions = optionsBut(resendOptions, ['dryRun', 'curl', 'json', 'quiet', 'verbose']);

/** Reads all options, sends the deliveries and tells what came of them. */
export async function performResend(given: ResendOptions): Promise<ResendResult> {
  const read = readCall(callOptions, ['deliveries', 'signal'], given);
  const { project, io } = await openCall({ config: given.config, signal: given.signal, readsEnvironment: true });
  const { ready, options } = await openResend({ project, names: given.deliveries ?? [] }, read, io);
  const talk = callTalk(io);
  const open = await openFlowTarget(ready.target, ready.secrets, { talk, clock: io.clock });
  const log = callLog(project, options, io);
  const transport = new Transport({ route: ready.route });
  const deliveries: ResentDelivery[] = [];
  let summary: RunEnded | undefined;
  try {
    const planned = await ready.deliveriesTo(open.urlFor, talk.warn);
    for await (const { event, sent } of sendKept(planned, ready, { transport, log }, io)) {
      if (sent) deliveries.push({ ...event, resendOf: sent.kept.key, isRenewed: sent.isRenewed });
      else if (event.type === 'summary') summary = event;
      else if (event.type === 'warning') talk.warn(event.message);
    }
  } finally {
    log.close();
    transport.close();
    await open.close();
  }
  const exitCode = exitCodeOf(summary!, null);
  return frozen({
    ok: exitCode === 0 && !summary!.interrupted,
    exitCode,
    deliveries,
    summary: summary!,
    notes: [...ready.warnings, ...io.notes],
  });
}
