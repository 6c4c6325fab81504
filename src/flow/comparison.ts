import { maxState, type OrderingEnded, type OrdersEnded, type StateDifference } from '../core/flow.js';
import type { Outcome } from '../core/outcome.js';
import { writeJson } from '../json/dialect.js';
import { allPaths, formatPath, getPath } from '../json/path.js';
import type { Json } from '../json/value.js';
import { type Difference, differences, isOfValues } from './differences.js';
import type { Ordering } from './orderings.js';
import type { Snapshot } from './snapshot.js';

type Verdict = Pick<OrderingEnded, 'state' | 'before' | 'seen' | 'differences' | 'problem'>;

/** Differences of one ordering that are reported. */
const maxDifferences = 20;

/** What the states after the orderings of a flow have in common. */
export class Comparison {
  /** Why the states can't be compared. */
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

  /** What differs between two equal runs is the receiver's own: ids that it gives, times of arrival. */
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
