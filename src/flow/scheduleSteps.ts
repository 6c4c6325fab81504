import { type NameOf, UsageError } from '../core/errors.js';
import type { FlowOrder } from '../core/flow.js';
import { unknownName } from '../core/nearest.js';
import { type Random, randomBelow } from '../core/random.js';
import type { PreparedFlow, PreparedStep } from './prepareFlow.js';

/** Faults in the delivery of a flow. */
export interface FlowFaults {
  readonly order: FlowOrder;
  /** The number of times that each event is delivered. */
  readonly copies: number;
  /** Events that get lost. */
  readonly drop: readonly string[];
  /** Milliseconds, on the provider's clock, by which a delivery may be late. */
  readonly jitterMs: number;
  /** The deliveries step by step, in place of all of these. */
  readonly arrangement?: readonly ArrangedStep[];
}

/** A step of a flow at a place that the user chose. */
export interface ArrangedStep {
  /** From 1. */
  readonly step: number;
  /** Milliseconds since the flow's first event, on the provider's clock. */
  readonly atMs: number;
}

export const noFaults: FlowFaults = { order: 'natural', copies: 1, drop: [], jitterMs: 0 };

/** One time that a step is delivered. */
export interface Slot {
  readonly step: PreparedStep;
  /** From 1. */
  readonly copy: number;
  /** Milliseconds since the flow's first event, on the provider's clock. */
  readonly atMs: number;
}

/** Schedules the deliveries of a flow. `random` shuffles and delays. */
export function scheduleSteps(flow: PreparedFlow, faults: FlowFaults, random: Random): Slot[] {
  if (faults.arrangement) return arranged(flow, faults.arrangement);
  const kept = flow.steps.filter(({ script }) => !faults.drop.includes(script.event));
  const late = (step: PreparedStep) =>
    step.offsetMs + (faults.jitterMs > 0 ? randomBelow(random, faults.jitterMs + 1) : 0);
  const timed = kept.map((step) => ({ step, atMs: late(step) })).sort((a, b) => a.atMs - b.atMs);
  const steps = ordered(timed, faults.order, random).map(({ step }) => step);
  return steps.flatMap((step, at) =>
    Array.from({ length: faults.copies }, (_, i) => ({ step, copy: i + 1, atMs: timed[at]!.atMs })),
  );
}

function arranged({ steps }: PreparedFlow, arrangement: readonly ArrangedStep[]): Slot[] {
  const copies = new Map<number, number>();
  return arrangement.map(({ step, atMs }) => {
    const copy = (copies.get(step) ?? 0) + 1;
    copies.set(step, copy);
    return { step: steps[step - 1]!, copy, atMs };
  });
}

/** Throws a UsageError for steps that a flow does not have, and for times that go back. */
function assertArrangement({ name, steps }: PreparedFlow, arrangement: readonly ArrangedStep[], what: string): void {
  if (arrangement.length === 0) throw new UsageError('NO_EVENT', `${what}: nothing is left of ${name}.`);
  for (const [at, { step, atMs }] of arrangement.entries()) {
    if (!Number.isInteger(step) || step < 1 || step > steps.length) {
      throw new UsageError('UNKNOWN_STEP', `${what}: ${name} has the steps 1 to ${steps.length}, and no ${step}.`);
    }
    if (!(atMs >= (arrangement[at - 1]?.atMs ?? 0))) {
      throw new UsageError('BAD_TIME', `${what}: the time of each is a number, and never less than the one before.`);
    }
  }
}

/** Whether all steps come once and in their order. */
function isNatural({ steps }: PreparedFlow, arrangement: readonly ArrangedStep[]): boolean {
  return arrangement.length === steps.length && arrangement.every(({ step }, at) => step === at + 1);
}

function ordered<T>(items: readonly T[], order: FlowOrder, random: Random): readonly T[] {
  if (order === 'natural' || items.length < 2) return items;
  if (order === 'reversed') return [...items].reverse();
  let mixed = shuffled(items, random);
  // A shuffled order is another one than the natural.
  while (mixed.every((item, at) => item === items[at])) mixed = shuffled(items, random);
  return mixed;
}

function shuffled<T>(items: readonly T[], random: Random): T[] {
  const mixed = [...items];
  for (let at = mixed.length - 1; at > 0; at--) {
    const other = randomBelow(random, at + 1);
    [mixed[at], mixed[other]] = [mixed[other]!, mixed[at]!];
  }
  return mixed;
}

/** The circumstances that decide whether a flow can have a fault, and the names of its options. */
export interface FaultSurroundings {
  readonly concurrency: number;
  readonly nameOf: NameOf;
}

/** Throws a UsageError for faults that a flow can't have. */
export function checkFaults(flow: PreparedFlow, faults: FlowFaults, { concurrency, nameOf }: FaultSurroundings): void {
  const { arrangement } = faults;
  if (arrangement) assertArrangement(flow, arrangement, nameOf('arrangement'));
  const drop = nameOf('drop');
  const events = [...new Set(flow.steps.map(({ script }) => script.event))];
  for (const event of faults.drop) {
    if (!events.includes(event)) {
      throw unknownName('UNKNOWN_EVENT', `${drop}: ${flow.name} has no event ${event}.`, {
        name: event,
        known: events,
        facts: { option: drop },
      });
    }
  }
  if (events.every((event) => faults.drop.includes(event))) {
    throw new UsageError('NO_EVENT', `${drop}: nothing is left of ${flow.name}.`);
  }
  const waiting = flow.steps.find(({ needs }) => needs.length > 0);
  if (
    !waiting ||
    (arrangement && isNatural(flow, arrangement)) ||
    (!arrangement &&
      faults.order === 'natural' &&
      faults.jitterMs === 0 &&
      concurrency === 1 &&
      noneIsLost(flow, faults))
  )
    return;
  throw new UsageError(
    'NEEDS_ORDER',
    `${waiting.script.place} takes \${${waiting.needs[0]}} from an earlier answer, so that its flow can only be sent in its order.`,
  );
}

function noneIsLost({ steps }: PreparedFlow, { drop }: FlowFaults): boolean {
  return !steps.some(({ script }) => drop.includes(script.event) && Object.keys(script.capture).length > 0);
}
