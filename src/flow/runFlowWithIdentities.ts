import type { FlowEvent, FlowState } from '../core/flow.js';
import type { Random } from '../core/random.js';
import { writeFaithfully } from '../json/encodeJson.js';
import { deliverFlow, type FlowRun } from './deliverFlow.js';
import { instantiateFlow } from './instantiateFlow.js';
import { pollUntilStable } from './pollUntilStable.js';
import type { PreparedFlow } from './prepareFlow.js';
import { type FlowFaults, scheduleSteps } from './scheduleSteps.js';
import { probeVariables, type TakeSnapshot } from './view.js';

export interface PlayOptions extends Omit<FlowRun, 'instance' | 'slots'> {
  readonly flow: PreparedFlow;
  readonly faults: FlowFaults;
  /** Gives the identities. */
  readonly ids: Random;
  /** Shuffles and delays. */
  readonly order: Random;
  /** Looks at the receiver when all is delivered; null looks at nothing. */
  readonly probe: TakeSnapshot | null;
  readonly signal: AbortSignal;
}

/**
 * Instantiates a flow with fresh identities and sends it. At any speed its events have happened by the time that they are sent: where there are no
 * waits, the last one happens now.
 */
export async function* runFlowWithIdentities(options: PlayOptions): AsyncGenerator<FlowEvent, void> {
  const { flow, faults, ids, order, probe, signal, speed, now } = options;
  const slots = scheduleSteps(flow, faults, order);
  const waitsMs = faults.order === 'natural' && !faults.arrangement ? flow.totalMs - (slots[0]?.step.offsetMs ?? 0) : 0;
  const instance = instantiateFlow(flow, { random: ids, startMs: Math.floor(now() + waitsMs / speed - flow.totalMs) });
  let isWhole = true;
  for await (const event of deliverFlow({ ...options, instance, slots })) {
    if (event.type === 'stopped') isWhole = false;
    if (event.type === 'summary' && probe && isWhole && !signal.aborted) {
      const seen = await pollUntilStable(() => probe(probeVariables(instance)), undefined, options);
      if (!signal.aborted) yield buildState(flow, seen);
    }
    yield event.type === 'summary' ? { ...event, interrupted: signal.aborted } : event;
  }
}

function buildState({ name: flow }: PreparedFlow, seen: Awaited<ReturnType<TakeSnapshot>>): FlowState {
  if (!seen.ok) return { type: 'state', flow, json: null, problem: seen.message, failed: seen.outcome };
  return { type: 'state', flow, json: writeFaithfully(seen.state, 'js'), problem: null, failed: null };
}
