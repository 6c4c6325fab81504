import type { Random } from '../core/random.js';
import type { PreparedFlow } from './prepareFlow.js';
import { type FlowFaults, noFaults, type Slot, scheduleSteps } from './scheduleSteps.js';

/** One way in which the deliveries of a flow may arrive. */
export interface Ordering {
  readonly name: string;
  readonly title: string;
  readonly slots: (flow: PreparedFlow, drop: readonly string[], random: Random) => Slot[];
  /** Whether all deliveries concurrent are. */
  readonly isRace: boolean;
}

/** The first one has the state that all others must end in; the second is the same again, and shows what differs by itself. */
export const orderings: readonly Ordering[] = [
  ordering('natural', 'one after another, as they happened', {}),
  ordering('again', 'the same again', {}),
  ordering('reversed', 'the last one first', { order: 'reversed' }),
  ordering('shuffled 1', 'in a random order', { order: 'shuffled' }),
  ordering('shuffled 2', 'in another random order', { order: 'shuffled' }),
  ordering('shuffled 3', 'in another random order', { order: 'shuffled' }),
  ordering('duplicated', 'each one twice in a row', { copies: 2 }),
  { name: 'replayed', title: 'all of them, and again from the last to the first', slots: replayed, isRace: false },
  { ...ordering('raced', 'all at once, each one twice', { copies: 2 }), isRace: true },
];

function ordering(name: string, title: string, faults: Partial<FlowFaults>): Ordering {
  const slots: Ordering['slots'] = (flow, drop, random) =>
    scheduleSteps(flow, { ...noFaults, ...faults, drop }, random);
  return { name, title, slots, isRace: false };
}

/** A retry of an early event comes after all others. */
function replayed(flow: PreparedFlow, drop: readonly string[], random: Random): Slot[] {
  const slots = scheduleSteps(flow, { ...noFaults, drop }, random);
  return [...slots, ...slots.map((slot) => ({ ...slot, copy: 2 })).reverse()];
}
