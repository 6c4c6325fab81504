import type { HandshakeEnded, HandshakeEvent } from '../../core/handshake.js';
import { exitCodeOf, type RunEnded } from '../../core/run.js';
import { handshakeOptions } from '../../options/handshake.js';
import { prepareHandshakeRun } from '../../session/handshake/prepareHandshakeRun.js';
import { sendHandshakeRuns } from '../../session/handshake/sendHandshakeRuns.js';
import { withRoute } from '../../session/project/projectRoute.js';
import { silentMessages } from '../../session/target/silentMessages.js';
import { openTarget } from '../../session/target/target.js';
import { Transport } from '../../transport/transport.js';
import { callDestination, serveCallKeys, withoutHandler } from '../project/callDestination.js';
import type {
  BesideOptions,
  CallResult,
  ConnectionOptions,
  MakingOptions,
  ProjectOptions,
  ProviderOptions,
  WaitingOptions,
} from '../project/callOptions.js';
import { callLog } from '../project/callWorld.js';
import { type DestinationOptions, destinationKeys } from '../project/destinationOptions.js';
import { openProviderCall } from '../project/openCall.js';
import { freezeResult, omitOptions, readCall } from '../project/readCall.js';
import type { AnyProvider } from '../providers.js';

const callOptions = omitOptions(handshakeOptions, ['dryRun', 'curl', 'json', 'quiet', 'verbose']);

/** Reads all options, sends the handshakes and returns the result. */
export async function performHandshake<P extends AnyProvider>(given: HandshakeOptions<P>): Promise<HandshakeResult> {
  const read = readCall(callOptions, ['provider', 'names', 'signal', ...destinationKeys], withoutHandler(given));
  const { project, provider, io } = await openProviderCall(given);
  const { target, inProcess } = await callDestination(given, read, project);
  const options = withRoute(read, project, target);
  const ready = await prepareHandshakeRun({ provider, names: given.names ?? [], project, target }, options, io);
  const keys = await serveCallKeys(options.serveKeys, [[provider, ready.secrets]]);
  const open = await openTarget(target, provider, ready.secrets, { talk: silentMessages(io), clock: io.clock });
  const transport = inProcess ?? new Transport({ route: ready.route });
  const log = callLog({ project, command: 'handshake' }, options, io);
  const events: HandshakeEvent[] = [];
  try {
    const sent = sendHandshakeRuns([ready], { urlFor: open.urlFor, transport }, io);
    for await (const { event } of sent) {
      events.push(event);
      if (event.type === 'handshake') log.add(event.ended, ready, { purpose: 'handshake' });
    }
  } finally {
    log.close();
    transport.close();
    await open.close();
    await keys?.close();
  }
  const summary = events.at(-1) as RunEnded;
  const exitCode = exitCodeOf(summary, null);
  return freezeResult({
    ok: exitCode === 0 && !summary.interrupted,
    exitCode,
    handshakes: events.filter((event): event is HandshakeEnded => event.type === 'handshake'),
    summary,
    events,
    notes: [...ready.warnings, ...io.notes],
  });
}

/** The handshakes to send, and their target. */
export interface HandshakeOptions<P extends AnyProvider>
  extends ProviderOptions<P>,
    MakingOptions,
    Pick<BesideOptions, 'serveKeys' | 'log'>,
    WaitingOptions,
    ConnectionOptions,
    DestinationOptions,
    ProjectOptions {
  /** The names of its handshakes; by default all, in its order. */
  readonly names?: readonly string[];
  /** Your own texts that they send, by name, such as a verify token: a text, `env:NAME` or `file:PATH`. */
  readonly value?: Readonly<Record<string, string>>;
}

/** The result of handshakes. */
export interface HandshakeResult extends CallResult {
  readonly handshakes: readonly HandshakeEnded[];
  readonly summary: RunEnded;
  /** All that happened, in order. */
  readonly events: readonly HandshakeEvent[];
}
