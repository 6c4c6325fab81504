import { type DeliveryEnded, exitCodeOf, type RunEnded } from '../../core/run.js';
import { resendOptions } from '../../options/resend.js';
import { openResend, sendKept } from '../../session/resend/openResend.js';
import { openFlowTarget } from '../../session/target/openFlowTarget.js';
import { silentMessages } from '../../session/target/silentMessages.js';
import { Transport } from '../../transport/transport.js';
import type {
  BesideOptions,
  CallResult,
  ConnectionOptions,
  ExpectOptions,
  MakingOptions,
  ProjectOptions,
  WaitingOptions,
} from '../project/callOptions.js';
import { callLog } from '../project/callWorld.js';
import { openCall } from '../project/openCall.js';
import { freezeResult, omitOptions, readCall } from '../project/readCall.js';

const callOptions = omitOptions(resendOptions, ['edit', 'dryRun', 'curl', 'json', 'quiet', 'verbose']);

/** Reads all options, sends the deliveries and returns the result. */
export async function performResend(given: ResendOptions): Promise<ResendResult> {
  const read = readCall(callOptions, ['deliveries', 'signal'], given);
  const { project, io } = await openCall({ config: given.config, signal: given.signal, readsEnvironment: true });
  const { ready, options } = await openResend({ project, names: given.deliveries ?? [] }, read, io);
  const talk = silentMessages(io);
  const open = await openFlowTarget(ready.target, ready.secrets, { talk, clock: io.clock });
  const log = callLog({ project, command: 'resend' }, options, io);
  const transport = new Transport({ route: ready.route });
  const deliveries: ResentDelivery[] = [];
  let summary: RunEnded | undefined;
  try {
    const planned = await ready.deliveriesTo(open.urlFor, talk.warn);
    for await (const { event, sent } of sendKept(planned, ready, { transport, log }, io)) {
      if (sent) deliveries.push({ ...event, resendOf: sent.entry.key, isRenewed: sent.isRenewed });
      else if (event.type === 'summary') summary = event;
      else if (event.type === 'warning') talk.warn(event.message);
    }
  } finally {
    log.close();
    transport.close();
    await open.close();
  }
  const exitCode = exitCodeOf(summary!, null);
  return freezeResult({
    ok: exitCode === 0 && !summary!.interrupted,
    exitCode,
    deliveries,
    summary: summary!,
    notes: [...ready.warnings, ...io.notes],
  });
}

/** The kept deliveries to send again, and how to send them. The log is that of the project, in the user's state folder. */
export interface ResendOptions
  extends Pick<MakingOptions, 'secret' | 'header'>,
    ExpectOptions,
    Pick<BesideOptions, 'log'>,
    WaitingOptions,
    ConnectionOptions,
    ProjectOptions {
  /** The key or id of each, or how it begins; `last` by default. */
  readonly deliveries?: readonly string[];
  /** All of the last command that were not ok. */
  readonly failed?: boolean;
  /** Byte for byte, also where the provider would renew something. */
  readonly exact?: boolean;
  /** Another receiver than the one that they went to. */
  readonly to?: string | URL;
}

/** The result of a resend. */
export interface ResendResult extends CallResult {
  readonly deliveries: readonly ResentDelivery[];
  readonly summary: RunEnded;
}

/** A kept delivery that was sent again. */
export interface ResentDelivery extends DeliveryEnded {
  /** The key of the kept one. */
  readonly resendOf: string;
  /** True where its provider made parts of it again. */
  readonly isRenewed: boolean;
}
