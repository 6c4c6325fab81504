import type { Outcome } from '../core/attempt.js';
import { maxState, type OrderingEnded, type OrdersEnded, type StateDifference } from '../core/flow.js';
import type { Random } from '../core/random.js';
import { writeJson } from '../json/dialect.js';
import { allPaths, formatPath, getPath, type PathStep } from '../json/path.js';
import { type Json, JsonNumber } from '../json/value.js';
import type { PreparedFlow } from './prepareFlow.js';
import { type FlowFaults, noFaults, type Slot, scheduleSteps } from './scheduleSteps.js';
import type { Snapshot } from './view.js';

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

type Verdict = Pick<OrderingEnded, 'state' | 'before' | 'seen' | 'differences' | 'problem'>;

/** The maximum number of differences of one ordering. */
const maxDifferences = 20;

/** The comparison of the states after the orderings of a flow. */
export class Comparison {
  /** The reason why the states can't be compared. */
  problem: string | null = null;
  private first: Json | undefined;
  private readonly ignored = new Set<string>();
  private readonly different: string[] = [];
  private readonly failedProbes: Outcome[] = [];

  /** `before` is the state before the first event; undefined where there was none. */
  constructor(private readonly before: Json | undefined) {}

  /** Takes the state after the next ordering. */
  add({ name }: Ordering, snapshot: Snapshot): Verdict {
    if (!snapshot.ok) return this.fail(snapshot.message, snapshot.outcome);
    const { state } = snapshot;
    if (name === 'natural') {
      this.first = state;
      this.problem = this.isAsBefore() ? asBefore : null;
      return this.verdict('first', state);
    }
    const found = [...differences(this.first, state)];
    if (name === 'again') return this.compareEqualRuns(found, state);
    const compared = found.filter(({ path }) => !this.ignored.has(path));
    if (compared.length === 0) return this.verdict('same', state);
    this.different.push(name);
    return this.verdict('different', state, compared);
  }

  result(allAccepted: boolean): Omit<OrdersEnded, 'type' | 'flow' | 'run'> {
    const { problem, different, failedProbes } = this;
    const ok = allAccepted && problem === null && different.length === 0;
    return { ok, problem, different, failedProbes, ignored: [...this.ignored] };
  }

  /** Differences between two equal runs are the receiver's own: its ids, its times of arrival. */
  private compareEqualRuns(found: readonly Difference[], state: Json): Verdict {
    for (const { path } of found) this.ignored.add(path);
    if (found.some((difference) => !isOfValues(difference)) || this.isAllIgnored()) this.problem = neverAlike;
    else if (this.isAsBefore()) this.problem = asBefore;
    return this.verdict(this.problem === neverAlike ? 'different' : 'same', state, this.problem ? found : []);
  }

  /** Whether the events changed nothing that the probe shows and that stays the same by itself. */
  private isAsBefore(): boolean {
    if (this.before === undefined) return false;
    for (const { path } of differences(this.before, this.first)) if (!this.ignored.has(path)) return false;
    return true;
  }

  private isAllIgnored(): boolean {
    if (this.ignored.size === 0) return false;
    const leaves = allPaths(this.first!).filter((path) => !isContainer(getPath(this.first!, path)));
    return this.ignored.has('') || leaves.every((path) => this.ignored.has(formatPath(path)));
  }

  private verdict(state: 'first' | 'same' | 'different', seen: Json, found: readonly Difference[] = []): Verdict {
    const { before } = this;
    return {
      state,
      before: state === 'first' && before !== undefined ? shownState(before) : null,
      seen: shownState(seen),
      differences: found.slice(0, maxDifferences).map(shownDifference),
      problem: this.problem,
    };
  }

  private fail(message: string, outcome: Outcome): Verdict {
    this.failedProbes.push(outcome);
    this.problem = message;
    return { state: 'unknown', before: null, seen: null, differences: [], problem: message };
  }
}

const advice = 'The probe has to show what the events change, and of one run only, such as .../orders/{data.orderId}.';
const asBefore = `nothing was compared: the probe shows the same before the first event and after the last. ${advice}`;
const neverAlike = `nothing was compared: two equal runs end in different states. ${advice}`;

function isContainer(value: Json | undefined): boolean {
  return Array.isArray(value) || value instanceof Map;
}

function shownState(state: Json): string {
  return writeJson(state, 'js').slice(0, maxState);
}

function shownDifference({ path, left, right }: Difference): StateDifference {
  const text = (value: Json | undefined) => (value === undefined ? null : shownState(value));
  return { path, natural: text(left), here: text(right) };
}

/** A place in which two documents differ; undefined for a value that one of them does not have. */
interface Difference {
  readonly path: string;
  readonly left: Json | undefined;
  readonly right: Json | undefined;
}

/** Yields the places in which two documents differ, from the top down; ignores the order of members, and compares numbers by value. */
export function* differences(
  left: Json | undefined,
  right: Json | undefined,
  path: readonly PathStep[] = [],
): Generator<Difference, void> {
  if (Array.isArray(left) && Array.isArray(right)) {
    for (let at = 0; at < Math.max(left.length, right.length); at++) {
      yield* differences(left[at], right[at], [...path, at]);
    }
  } else if (left instanceof Map && right instanceof Map) {
    for (const key of new Set([...left.keys(), ...right.keys()])) {
      yield* differences(left.get(key), right.get(key), [...path, key]);
    }
  } else if (!isSame(left, right)) {
    yield { path: formatPath(path), left, right };
  }
}

function isSame(left: Json | undefined, right: Json | undefined): boolean {
  if (left instanceof JsonNumber && right instanceof JsonNumber) {
    return left.text === right.text || Number(left.text) === Number(right.text);
  }
  return left === right;
}

/** Returns whether a difference is one of values, and not of shape: both documents have something without members there. */
function isOfValues({ left, right }: Difference): boolean {
  return [left, right].every((value) => value !== undefined && !Array.isArray(value) && !(value instanceof Map));
}
