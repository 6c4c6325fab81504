import type { FlowEvent, FlowStarted, OrdersEvent, TellableFlowEvent } from '../../../core/flow.js';
import { playFlow } from '../../../flow/playFlow.js';
import type { PreparedFlow } from '../../../flow/prepareFlow.js';
import { runOrders } from '../../../flow/runOrders.js';
import { logDeliveries } from '../../../history/logDeliveries.js';
import type { FlowValues } from '../../../options/flow.js';
import { flowText } from '../../../report/flow/flowText.js';
import { flowRandom } from '../../../session/flow/flowRandom.js';
import { FlowVerdict } from '../../../session/flow/flowVerdict.js';
import type { ReadyRun } from '../../../session/flow/prepareRun.js';
import { readProbe } from '../../../session/flow/readProbe.js';
import { openFlowTarget } from '../../../session/target/openFlowTarget.js';
import { lateWarnings, withWarnings } from '../../../simulate/lateWarnings.js';
import { Transport } from '../../../transport/transport.js';
import { caughtUp } from '../../io/caughtUp.js';
import type { Io } from '../../io/io.js';
import { nextCommand } from '../../reporting/nextCommand.js';
import { openReport } from '../../reporting/openReport.js';
import { firstHandshakes, servedKeys } from '../../target/beforeAll.js';
import { announceRoute } from '../../target/routeTalk.js';
import { sendTalk } from '../../target/talk.js';

/** Sends flows and reports them; resolves with the exit code. */
export async function reportFlows(ready: ReadyRun, options: FlowValues, io: Io): Promise<number> {
  const { secrets, route, headers, handshakes } = ready;
  const quiet = options.quiet === true;
  const talk = sendTalk(io, quiet);
  const keys = await servedKeys(options.serveKeys, secrets, talk);
  const target = await openFlowTarget(ready.target, secrets, { talk, clock: io.clock });
  const transport = new Transport({ route });
  try {
    const flows = await ready.flowsTo(target.urlFor);
    const { probe: asked, timeout } = options;
    const probe =
      asked === undefined
        ? null
        : readProbe(asked, { flows, target: target.url, route, headers, timeout, name: options.nameOf('probe') }, io);
    io.favourStart();
    announceRoute(route, target.url, io, quiet);
    for (const [provider, own] of secrets) talk.start(provider, target, own);
    const ended = await firstHandshakes({ runs: handshakes, open: target, route, talk }, options, io);
    if (ended !== null) return ended;
    const report = openReport(options, io, flowText);
    const log = logDeliveries(ready.project, options, io);
    const verdict = new FlowVerdict();
    const play = player(ready, options, { probe, transport }, io);
    for (const flow of flows) {
      if (io.interrupted.aborted) break;
      report.event(startOf(flow));
      for await (const event of withLateWarnings(play(flow), transport, io)) {
        report.event(event);
        verdict.add(event);
        if (event.type === 'delivery') {
          const { provider } = flow.steps[event.place.step - 1]!.script;
          const key = log.add(event, { target: ready.target, route });
          const shown = report.mask.delivery(event);
          const refused = { event: shown, provider, target: ready.target.name, options };
          talk.ended(shown, provider, secrets.get(provider)!, nextCommand(refused, { key, isOnly: false }));
        }
        if (io.stdout.behind) await caughtUp(io.stdout.behind, io.interrupted);
      }
    }
    log.close();
    talk.end(target);
    return verdict.exitCode(io.interrupted.reason);
  } finally {
    transport.close();
    await target.close();
    await keys?.close();
  }
}

function startOf({ name, title, steps }: PreparedFlow): FlowStarted {
  const providers = [...new Set(steps.map(({ script }) => script.provider.name))];
  return { type: 'flow', name, title, providers, offsetsMs: steps.map(({ offsetMs }) => offsetMs) };
}

type Means = Pick<Parameters<typeof playFlow>[0], 'probe' | 'transport'>;

/** How each flow is played: once, or in all orders. */
function player({ settings }: ReadyRun, options: FlowValues, means: Means, io: Io) {
  const { ids, order, now } = flowRandom(settings, io);
  const { faults, concurrency, speed } = settings;
  const shared = { ...means, clock: io.clock, now, signal: io.interrupted };
  return (flow: PreparedFlow): AsyncGenerator<FlowEvent | OrdersEvent, void> => {
    if (!options.orders) return playFlow({ ...shared, flow, faults, concurrency, speed, ids, order });
    return runOrders({ ...shared, flow, probe: means.probe!, drop: faults.drop, ids, order });
  };
}

/** The events of a flow, with what is odd on the wire when it has ended. */
async function* withLateWarnings(
  events: AsyncIterable<FlowEvent | OrdersEvent>,
  transport: Transport,
  io: Io,
): AsyncGenerator<TellableFlowEvent, void> {
  for await (const event of events) {
    if (event.type !== 'summary' && event.type !== 'orders') {
      yield event;
      continue;
    }
    const late = await lateWarnings(transport, io.interrupted);
    yield* late;
    yield event.type === 'orders' ? { ...event, run: withWarnings(event.run, late) } : withWarnings(event, late);
  }
}
