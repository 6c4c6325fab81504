import { UsageError } from '../../core/errors.js';
import type { AnyFlowEvent, FlowDelivered, FlowOrder, FlowState } from '../../core/flow.js';
import type { HandshakeEnded } from '../../core/handshake.js';
import { exitCodeOf, type RunEnded } from '../../core/run.js';
import { flowOptions } from '../../options/flow.js';
import { chooseFlows } from '../../session/flow/chooseFlows.js';
import { flowSettings } from '../../session/flow/flowSettings.js';
import { FlowVerdict, openFlows } from '../../session/flow/openFlows.js';
import { prepareRun, type ReadyRun } from '../../session/flow/prepareRun.js';
import { sendHandshakeRuns } from '../../session/handshake/sendHandshakeRuns.js';
import { withRoute } from '../../session/project/projectRoute.js';
import { openFlowTarget } from '../../session/target/openFlowTarget.js';
import type { OpenTarget } from '../../session/target/openTarget.js';
import { silentMessages } from '../../session/target/silentMessages.js';
import type { DeliveryTransport } from '../../transport/deliveryTransport.js';
import { Transport } from '../../transport/transport.js';
import { callName } from '../assertOptions.js';
import { callDestination, serveCallKeys, withoutHandler } from '../project/callDestination.js';
import type {
  BesideOptions,
  CallResult,
  ConnectionOptions,
  MakingOptions,
  ProjectOptions,
  RepetitionOptions,
  WaitingOptions,
} from '../project/callOptions.js';
import { type CallWorld, callLog } from '../project/callWorld.js';
import { type DestinationOptions, destinationKeys } from '../project/destinationOptions.js';
import { openCall } from '../project/openCall.js';
import { freezeResult, omitOptions, readCall } from '../project/readCall.js';
import type { AnyProvider } from '../providers.js';

const callOptions = omitOptions(flowOptions, ['list', 'dryRun', 'json', 'quiet', 'verbose']);

/** Reads all options, sends the flows and returns the result. */
export async function performFlow<P extends AnyProvider>(given: FlowOptions<P>): Promise<FlowResult> {
  const read = readCall(callOptions, ['provider', 'flow', 'signal', ...destinationKeys], withoutHandler(given));
  const settings = flowSettings(read);
  const { project, provider, io } = await openCall(given);
  const { flows, isList } = chooseFlows(provider?.name ?? given.flow, provider && given.flow, read, project);
  if (isList) throw whichFlow(flows.map(({ script }) => script.name));
  const { target, inProcess } = await callDestination(given, read, project);
  const options = withRoute(read, project, target);
  const scripts = flows.map(({ script }) => script);
  const ready = await prepareRun({ scripts, settings, project, target }, options, io);
  const keys = await serveCallKeys(options.serveKeys, ready.secrets);
  const open = await openFlowTarget(target, ready.secrets, { talk: silentMessages(io), clock: io.clock });
  const transport = inProcess ?? new Transport({ route: ready.route });
  const log = callLog({ project, command: 'flow' }, options, io);
  try {
    const { flows: prepared, play } = await openFlows(ready, options, { target: open, transport }, io);
    const first = await shakeFirst(ready, open, transport, io);
    const verdict = new FlowVerdict();
    const events: AnyFlowEvent[] = [];
    for (const each of first.isStopped ? [] : prepared) {
      if (io.interrupted.aborted) break;
      for await (const event of play(each)) {
        events.push(event);
        verdict.add(event);
        if (event.type === 'delivery') log.add(event, { target, route: ready.route });
      }
    }
    const exitCode = first.exitCode || verdict.exitCode(null);
    const interrupted = io.interrupted.aborted;
    return freezeResult({
      ok: exitCode === 0 && !interrupted,
      exitCode,
      handshakes: first.handshakes,
      deliveries: events.filter((event): event is FlowDelivered => event.type === 'delivery'),
      states: events.filter((event): event is FlowState => event.type === 'state'),
      summaries: events.flatMap((event): RunEnded[] =>
        event.type === 'summary' ? [event] : event.type === 'orders' ? [event.run] : [],
      ),
      events,
      interrupted,
      notes: [...ready.warnings, ...io.notes],
    });
  } finally {
    log.close();
    transport.close();
    await open.close();
    await keys?.close();
  }
}

function whichFlow(names: readonly string[]): UsageError {
  return new UsageError(
    'WHICH_FLOW',
    `Which flow? Name one as ${callName('flow')}: ${names.join(', ')}; or say ${callName('all')} for all of the provider.`,
  );
}

interface First {
  readonly handshakes: readonly HandshakeEnded[];
  readonly exitCode: number;
  readonly isStopped: boolean;
}

/** Sends the handshakes that come before the first event; where one fails, nothing may follow. */
async function shakeFirst(
  { handshakes: runs }: ReadyRun,
  { urlFor }: OpenTarget,
  transport: DeliveryTransport,
  io: CallWorld,
): Promise<First> {
  const handshakes: HandshakeEnded[] = [];
  let exitCode = 0;
  for await (const { event } of sendHandshakeRuns(runs, { urlFor, transport }, io)) {
    if (event.type === 'handshake') handshakes.push(event);
    else if (event.type === 'summary') exitCode = exitCodeOf(event, null);
  }
  return { handshakes, exitCode, isStopped: exitCode !== 0 || io.interrupted.aborted };
}

/** The flow to send, its target, and the faults to inject. */
export interface FlowOptions<P extends AnyProvider>
  extends MakingOptions,
    RepetitionOptions,
    BesideOptions,
    WaitingOptions,
    ConnectionOptions,
    DestinationOptions,
    ProjectOptions {
  /** The provider of the flow: a name, or a custom one. Without it, `flow` is one of the config. */
  readonly provider?: P;
  /** The flow's name. */
  readonly flow?: string;
  /** Every flow of the provider, in place of one. */
  readonly all?: boolean;
  /** The order in which its events arrive; `natural` by default. */
  readonly order?: FlowOrder;
  /** Events that get lost. */
  readonly drop?: string | readonly string[];
  /** Each delivery is late by up to so much, on the provider's clock. */
  readonly jitter?: string | number;
  /** Pace of the flow: `1x`, `600x`, or `instant` (the default). */
  readonly speed?: string;
  /** The source of the receiver's state after the flow: a URL, or a command whose output is read. */
  readonly probe?: string;
  /** Sends it in each order, with duplicates and at once; the states that `probe` shows have to be the same. */
  readonly orders?: boolean;
  /** The provider's handshakes first; where one fails, nothing more is sent. */
  readonly handshake?: boolean;
  /** Your own texts that handshakes send, by name, such as a verify token. */
  readonly value?: Readonly<Record<string, string>>;
}

/** The result of flows. */
export interface FlowResult extends CallResult {
  /** The handshakes before the first event, where they were asked for. */
  readonly handshakes: readonly HandshakeEnded[];
  readonly deliveries: readonly FlowDelivered[];
  /** The state that the probe saw after each flow. */
  readonly states: readonly FlowState[];
  /** The sums of each flow. */
  readonly summaries: readonly RunEnded[];
  /** All that happened in the flows, in order: also orderings, and why a flow stopped. */
  readonly events: readonly AnyFlowEvent[];
  readonly interrupted: boolean;
}
