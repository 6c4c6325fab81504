import type { Outcome } from '../../core/attempt.js';
import type { AnyFlowEvent, FlowEvent, FlowStarted, OrdersEvent } from '../../core/flow.js';
import { exitCodeOf, exitCodes, type RunEnded } from '../../core/run.js';
import type { World } from '../../core/world.js';
import type { PreparedFlow } from '../../flow/prepareFlow.js';
import { runFlowWithIdentities } from '../../flow/runFlowWithIdentities.js';
import { runOrders } from '../../flow/runOrders.js';
import type { FlowValues } from '../../options/flow.js';
import { lateWarnings, withWarnings } from '../../simulate/lateWarnings.js';
import type { DeliveryTransport } from '../../transport/deliveryTransport.js';
import type { OpenTarget } from '../target/openTarget.js';
import { flowRandom } from './flowSettings.js';
import type { ReadyRun } from './prepareRun.js';
import { readProbe } from './readProbe.js';

/** The results of several flows, as one exit code. */
export class FlowVerdict {
  private readonly runs: RunEnded[] = [];
  /** Failures other than those of deliveries. */
  private readonly failures: Outcome[] = [];

  add(event: AnyFlowEvent): void {
    if (event.type === 'summary') this.runs.push(event);
    else if (event.type === 'stopped') this.failures.push('rejected');
    else if (event.type === 'state' && event.failed !== null) this.failures.push(event.failed);
    else if (event.type === 'orders') {
      this.runs.push(event.run);
      this.failures.push(...event.failedProbes);
      if (!event.ok && !event.run.interrupted) this.failures.push('rejected');
    }
  }

  /** Returns the exit code of a run with all these failures. */
  exitCode(signal: unknown): number {
    const [run] = this.runs;
    if (!run) return exitCodes.ok;
    const failed = { accepted: 0, rejected: 0, timed_out: 0, broken: 0, unreachable: 0 };
    for (const outcome of Object.keys(failed) as Outcome[]) {
      for (const each of this.runs) failed[outcome] += each.failed[outcome];
      failed[outcome] += this.failures.filter((each) => each === outcome).length;
    }
    const interrupted = this.runs.some((each) => each.interrupted);
    return exitCodeOf({ ...run, failed, interrupted }, signal);
  }
}

/** The open target and transport of flows. */
export interface FlowMeans {
  readonly target: Pick<OpenTarget, 'url' | 'urlFor'>;
  readonly transport: DeliveryTransport;
}

/** Flows that can be played. */
export interface OpenFlows {
  readonly flows: readonly PreparedFlow[];
  /** Sends a flow once, or in all orders: yields its start first, warnings of the connection before the summary, and the summary last. */
  readonly play: (flow: PreparedFlow) => AsyncGenerator<AnyFlowEvent, void>;
}

/** Prepares flows for an open target. Throws a UsageError for what is wrong with them, or with the probe. */
export async function openFlows(
  ready: ReadyRun,
  options: FlowValues,
  { target, transport }: FlowMeans,
  io: World,
): Promise<OpenFlows> {
  const { route, headers, settings } = ready;
  const flows = await ready.flowsTo(target.urlFor);
  const { probe: probeOptions, timeout, orders } = options;
  const probe =
    probeOptions === undefined
      ? null
      : readProbe(
          probeOptions,
          { flows, target: target.url, route, headers, timeout, name: options.nameOf('probe') },
          io,
        );
  const { ids, order, now } = flowRandom(settings, io);
  const { faults, concurrency, speed } = settings;
  const shared = { transport, clock: io.clock, now, ids, order, signal: io.interrupted };
  const events = (flow: PreparedFlow) =>
    orders
      ? runOrders({ ...shared, flow, probe: probe!, drop: faults.drop })
      : runFlowWithIdentities({ ...shared, flow, probe, faults, concurrency, speed });
  const play = async function* (flow: PreparedFlow) {
    yield flowStarted(flow);
    yield* withLateWarnings(events(flow), transport, io);
  };
  return { flows, play };
}

function flowStarted({ name, title, steps }: PreparedFlow): FlowStarted {
  const providers = [...new Set(steps.map(({ script }) => script.provider.name))];
  return { type: 'flow', name, title, providers, offsetsMs: steps.map(({ offsetMs }) => offsetMs) };
}

async function* withLateWarnings(
  events: AsyncIterable<FlowEvent | OrdersEvent>,
  transport: DeliveryTransport,
  io: World,
): AsyncGenerator<AnyFlowEvent, void> {
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
