import { UsageError } from '../core/errors.js';
import type { FlowDelivered, FlowEvent, FlowPlace } from '../core/flow.js';
import type { Variables } from '../core/variables.js';
import type { Clock } from '../core/world.js';
import type { PlannedDelivery } from '../simulate/plan.js';
import { sendPlanned } from '../simulate/simulate.js';
import { Tally } from '../simulate/tally.js';
import type { DeliveryTransport } from '../transport/deliveryTransport.js';
import type { FlowInstance } from './instantiateFlow.js';
import type { Slot } from './scheduleSteps.js';

export interface FlowRun {
  readonly instance: FlowInstance;
  /** The deliveries with their times, in this order. */
  readonly slots: readonly Slot[];
  /** Deliveries in progress at once. */
  readonly concurrency: number;
  /** The factor by which time passes faster than on the provider's clock; infinity waits for nothing. */
  readonly speed: number;
  /** Closed by its creator. */
  readonly transport: DeliveryTransport;
  readonly clock: Clock;
  /** Returns the time in headers, in milliseconds since 1970; called for each delivery. */
  readonly now: () => number;
  readonly signal?: AbortSignal;
}

/** Runs a flow: yields each delivery as it ends, then the reason if it stopped early, and last the summary. */
export async function* deliverFlow(run: FlowRun): AsyncGenerator<FlowEvent, void> {
  const tally = new Tally();
  const steps = run.concurrency > 1 ? deliverAtOnce(run) : deliverInTurn(run);
  for await (const event of steps) {
    if (event.type === 'delivery') tally.add(event);
    yield event;
  }
  yield tally.summary(run.signal?.aborted ?? false);
}

type Delivered = Exclude<FlowEvent, { type: 'summary' }>;

async function* deliverInTurn(run: FlowRun): AsyncGenerator<Delivered, void> {
  const { instance, slots, clock, signal } = run;
  const startMs = clock.now();
  const firstMs = slots[0]?.atMs ?? 0;
  let variables: Variables = {};
  const firstByStep = new Map<number, PlannedDelivery>();
  for (const slot of slots) {
    const waitMs = startMs + (slot.atMs - firstMs) / run.speed - clock.now();
    if (waitMs > 0) await clock.sleep(waitMs, signal).catch(() => {});
    if (signal?.aborted) return;
    const { step } = slot;
    const planned = firstByStep.get(step.number) ?? (await deliverWith(run, slot, variables));
    if (typeof planned === 'string') return yield stopped(slot, instance, planned);
    firstByStep.set(step.number, planned);
    for await (const event of send(run, [planned])) {
      const delivered: FlowDelivered = { ...event, place: buildPlace(slot, instance) };
      yield delivered;
      const { taken, missing } = step.take(delivered);
      variables = { ...variables, ...taken };
      if (missing[0] !== undefined) return yield stopped(slot, instance, missing[0]);
    }
  }
}

/** Returns the delivery, or the reason why there is none: a value from an answer does not fit. */
async function deliverWith(run: FlowRun, { step }: Slot, variables: Variables): Promise<PlannedDelivery | string> {
  try {
    return await run.instance.deliverWith(step, run.now(), variables);
  } catch (error) {
    if (error instanceof UsageError && step.needs.length > 0) return error.message;
    throw error;
  }
}

async function* deliverAtOnce(run: FlowRun): AsyncGenerator<Delivered, void> {
  const slotOf = new Map<PlannedDelivery['delivery'], Slot>();
  const firstByStep = new Map<number, PlannedDelivery>();
  const planned: PlannedDelivery[] = [];
  for (const slot of run.slots) {
    const { step } = slot;
    const first = firstByStep.get(step.number) ?? (await run.instance.deliver(step, run.now()));
    firstByStep.set(step.number, first);
    // A copy, so that each time that one delivery is sent can be distinguished.
    const delivery = { ...first.delivery };
    slotOf.set(delivery, slot);
    planned.push({ ...first, delivery });
  }
  for await (const event of send(run, planned)) {
    yield { ...event, place: buildPlace(slotOf.get(event.delivery)!, run.instance) };
  }
}

async function* send(run: FlowRun, deliveries: readonly PlannedDelivery[]) {
  const { transport, clock, concurrency, signal } = run;
  const events = sendPlanned({
    deliveries,
    transport,
    clock,
    concurrency,
    timeLimitMs: null,
    expect: null,
    keepOpen: true,
    ...(signal && { signal }),
  });
  for await (const event of events) if (event.type === 'delivery') yield event;
}

function buildPlace({ step, copy }: Slot, { flow }: FlowInstance): FlowPlace {
  return { flow: flow.name, step: step.number, copy, offsetMs: step.offsetMs };
}

function stopped({ step }: Slot, { flow }: FlowInstance, message: string) {
  return { type: 'stopped', flow: flow.name, step: step.number, message } as const;
}
