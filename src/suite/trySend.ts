import type { Clock } from '../core/clock.js';
import type { DeliveryEnded } from '../core/run.js';
import type { Failure } from '../core/suite.js';
import type { PlannedDelivery } from '../simulate/plan.js';
import { simulate } from '../simulate/simulate.js';
import type { Transport } from '../transport/transport.js';
import type { Taker } from './capture.js';
import type { Expectation } from './expectation.js';
import type { Item, Tried } from './unit.js';

/** What a case sends. */
export interface Sending {
  /** In turns, one of each item, until there are no more. */
  readonly deliveries: Iterable<PlannedDelivery>;
  readonly items: readonly Item[];
  /** How many there are of each item. */
  readonly perItem: number;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly concurrency: number;
  readonly timeLimitMs: number | null;
  readonly expectation: Expectation;
  readonly taker: Taker | null;
  readonly signal: AbortSignal;
}

/** Failures of one item that are told one by one. */
const told = 3;

/** Sends what a case sends and yields each of its items when all of it has ended. */
export async function* trySend(sending: Sending): AsyncGenerator<Tried, void> {
  const { items, perItem, transport, clock, concurrency, timeLimitMs, signal } = sending;
  const ids = new Map<string, Item>();
  const ended = new Map<Item, DeliveryEnded[]>(items.map((item) => [item, []]));
  const events = simulate({
    deliveries: inTurns(sending.deliveries, items, ids),
    transport,
    clock,
    concurrency,
    timeLimitMs,
    expect: null,
    keepOpen: true,
    signal,
  });
  for await (const event of events) {
    if (event.type !== 'delivery') continue;
    const item = ids.get(event.delivery.id)!;
    const its = ended.get(item)!;
    its.push(event);
    if (its.length === perItem) yield judged(item, its, sending);
  }
}

/** The deliveries as they are, with a note of the item that each belongs to. */
function* inTurns(
  deliveries: Iterable<PlannedDelivery>,
  items: readonly Item[],
  ids: Map<string, Item>,
): Generator<PlannedDelivery> {
  let turn = 0;
  for (const planned of deliveries) {
    ids.set(planned.delivery.id, items[turn++ % items.length]!);
    yield planned;
  }
}

function judged(item: Item, ended: readonly DeliveryEnded[], { expectation, taker }: Sending): Tried {
  const deliveries: DeliveryEnded[] = [];
  const failures: Failure[] = [];
  let captured = {};
  let failed = 0;
  for (const one of ended) {
    const wrong = [...expectation(one)];
    if (taker && one === ended.at(-1)) {
      const { taken, failures: missing } = taker(one);
      captured = taken;
      wrong.push(...missing);
    }
    deliveries.push({ ...one, ok: wrong.length === 0 });
    if (wrong.length > 0 && ++failed <= told) failures.push(...wrong);
  }
  if (failed > told) {
    failures.push({ expectation: 'count', message: `${failed} of ${ended.length} deliveries were not as expected` });
  }
  return { item, failures, deliveries, check: null, captured };
}
