import type { OrdersEvent } from '../core/flow.js';
import type { Random } from '../core/random.js';
import type { Clock } from '../core/world.js';
import type { Json } from '../json/value.js';
import { Tally } from '../simulate/tally.js';
import type { DeliveryTransport } from '../transport/deliveryTransport.js';
import { Comparison, type Ordering, orderings } from './comparison.js';
import { deliverFlow } from './deliverFlow.js';
import { type FlowInstance, instantiateFlow } from './instantiateFlow.js';
import { pollUntilStable } from './pollUntilStable.js';
import type { PreparedFlow } from './prepareFlow.js';
import { probeVariables, type Snapshot, type TakeSnapshot, withNames } from './view.js';

export interface OrdersRun {
  readonly flow: PreparedFlow;
  readonly probe: TakeSnapshot;
  /** Events that get lost, in each ordering. */
  readonly drop: readonly string[];
  /** Gives the identities. */
  readonly ids: Random;
  /** Shuffles. */
  readonly order: Random;
  /** Closed by its creator. */
  readonly transport: DeliveryTransport;
  readonly clock: Clock;
  /** The time in headers, in milliseconds since 1970. */
  readonly now: () => number;
  readonly signal: AbortSignal;
}

/**
 * Runs a flow in each ordering, with fresh identities each time so that the runs do not disturb each other, and compares the receiver's final states.
 * All runs have the same times. Yields each delivery, each ordering, and last the result.
 */
export async function* runOrders(run: OrdersRun): AsyncGenerator<OrdersEvent, void> {
  const { flow, ids, now, signal } = run;
  const startMs = now() - flow.totalMs;
  const tally = new Tally();
  let before: Json | undefined;
  let compared: Comparison | undefined;
  for (const each of orderings) {
    const instance = instantiateFlow(flow, { random: ids, startMs });
    const named = (snapshot: Snapshot): Snapshot =>
      snapshot.ok ? { ok: true, state: withNames(snapshot.state, probeVariables(instance)) } : snapshot;
    if (!compared) {
      const snapshot = named(await run.probe(probeVariables(instance)));
      if (snapshot.ok) before = snapshot.state;
      compared = new Comparison(before);
      if (signal.aborted) break;
    }
    const counts = { sent: 0, accepted: 0 };
    for await (const event of deliverInOrder(each, instance, run)) {
      if (event.type !== 'delivery') continue;
      tally.add(event);
      counts.sent++;
      if (event.ok) counts.accepted++;
      yield { ...event, ordering: each.name };
    }
    if (signal.aborted) break;
    const snapshot = await pollUntilStable(async () => named(await run.probe(probeVariables(instance))), before, run);
    if (signal.aborted) break;
    yield {
      type: 'ordering',
      flow: flow.name,
      ordering: each.name,
      title: each.title,
      ...counts,
      ...compared.add(each, snapshot),
    };
    if (compared.problem !== null) break;
  }
  const summary = tally.summary(signal.aborted);
  yield {
    type: 'orders',
    flow: flow.name,
    ...(compared ?? new Comparison(before)).result(summary.ok === summary.sent && !signal.aborted),
    run: summary,
  };
}

function deliverInOrder(ordering: Ordering, instance: FlowInstance, run: OrdersRun) {
  const { transport, clock, now, signal } = run;
  const slots = ordering.slots(run.flow, run.drop, run.order);
  const concurrency = ordering.isRace ? slots.length : 1;
  return deliverFlow({ instance, slots, concurrency, speed: Number.POSITIVE_INFINITY, transport, clock, now, signal });
}
