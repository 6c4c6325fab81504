import type { Outcome } from '../core/attempt.js';
import type { DeliveryEnded } from '../core/run.js';
import type { Variables } from '../core/variables.js';
import type { Clock } from '../core/world.js';
import type { TakeCaptures } from '../flow/compileCaptures.js';
import { type Faults, withFaults } from '../simulate/faults.js';
import type { PlannedDeliveries, PlannedDelivery } from '../simulate/plan.js';
import type { RetryPlan } from '../simulate/retries.js';
import { sendPlanned } from '../simulate/simulate.js';
import type { Transport } from '../transport/transport.js';
import type { Expectation } from './expectation.js';
import { FailureCount, worstOutcome } from './failureCount.js';
import { DeliverySampler } from './sampleDeliveries.js';
import type { ItemResult, TriedItem, UnitContext } from './unit.js';

/** The deliveries of a case. */
export interface SendTrial extends Omit<UnitContext, 'variables'> {
  /** In turns, one of each item, until there are no more. */
  readonly deliveries: PlannedDeliveries;
  readonly faults: Faults;
  readonly retry: RetryPlan | null;
  /** The number of deliveries of each item, including copies. */
  readonly perItem: number;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly concurrency: number;
  readonly timeLimitMs: number | null;
  readonly expectation: Expectation;
  readonly take: TakeCaptures | null;
}

/** Sends the deliveries of a case and yields each item once it has ended. */
export async function* trySend(sending: SendTrial): AsyncGenerator<ItemResult, void> {
  const { items, transport, clock, concurrency, timeLimitMs, signal } = sending;
  // A retry may be another delivery, with the same id.
  const onTheWay = new Map<string, OnTheWay>();
  const tries = new Map(items.map((item) => [item, new ItemTry(item, sending)]));
  const events = sendPlanned({
    deliveries: withFaults(planInTurns(sending, onTheWay), sending.faults),
    transport,
    clock,
    concurrency,
    timeLimitMs,
    expect: null,
    retry: sending.retry,
    keepOpen: true,
    signal,
  });
  for await (const event of events) {
    if (event.type !== 'delivery') continue;
    const tried = tries.get(noteEnded(event.delivery.id, onTheWay))!.add(event);
    if (tried) yield tried;
  }
  if (signal.aborted) return;
  for (const tried of tries.values()) {
    const left = tried.withheld();
    if (left) yield left;
  }
}

/** The item of a delivery, and the number of its copies in progress. */
interface OnTheWay {
  readonly item: TriedItem;
  left: number;
}

/** The deliveries as they are, with a note of the item that each belongs to. */
async function* planInTurns(
  { deliveries, items, faults }: SendTrial,
  onTheWay: Map<string, OnTheWay>,
): AsyncGenerator<PlannedDelivery, void> {
  let turn = 0;
  for await (const planned of deliveries) {
    onTheWay.set(planned.delivery.id, { item: items[turn++ % items.length]!, left: faults.copies });
    yield planned;
  }
}

function noteEnded(id: string, onTheWay: Map<string, OnTheWay>): TriedItem {
  const found = onTheWay.get(id)!;
  if (--found.left === 0) onTheWay.delete(id);
  return found.item;
}

/** One item on its way. */
class ItemTry {
  private readonly gathering = new DeliverySampler();
  private readonly failures = new FailureCount();
  private readonly wrong = new Set<Outcome>();
  private startedAt = Number.POSITIVE_INFINITY;

  constructor(
    private readonly item: TriedItem,
    private readonly sending: SendTrial,
  ) {}

  /** Takes a delivery that has ended; the result of the item where that was its last one. */
  add(ended: DeliveryEnded): ItemResult | null {
    const { perItem, expectation, take, onDelivery } = this.sending;
    const isLast = this.gathering.count + 1 === perItem;
    const { taken, missing } = isLast && take ? take(ended) : { taken: {}, missing: [] };
    const wrong = [...expectation(ended), ...missing.map((message) => ({ expectation: 'capture', message }))];
    const judged = { ...ended, ok: wrong.length === 0 };
    this.gathering.add(judged);
    if (!judged.ok) this.wrong.add(ended.outcome);
    this.failures.add(wrong);
    this.startedAt = Math.min(this.startedAt, Date.parse(ended.attempts[0]!.startedAt));
    onDelivery(judged, this.item);
    return isLast ? this.tried(taken) : null;
  }

  /** The result of the item where the provider would have stopped sending before its last delivery; else null. */
  withheld(): ItemResult | null {
    const { count } = this.gathering;
    const { perItem } = this.sending;
    if (count === perItem) return null;
    const message = `${perItem - count} of ${perItem} deliveries were withheld: the provider would have stopped sending`;
    this.failures.add([{ expectation: 'accepted', message }]);
    return this.tried({});
  }

  private tried(captured: Variables): ItemResult {
    const { item, startedAt, gathering } = this;
    const { deliveries } = gathering;
    return {
      item,
      failures: this.failures.listed(gathering.count),
      deliveries,
      more: gathering.count - deliveries.length,
      outcome: worstOutcome(this.wrong),
      startedAt,
      check: null,
      captured,
    };
  }
}
