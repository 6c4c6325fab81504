import type { OrderingEnded, OrdersEnded } from '../core/flow.js';
import type { Outcome } from '../core/outcome.js';
import { writeJson } from '../json/dialect.js';
import type { Json } from '../json/value.js';
import { type Difference, differences, isOfValues } from './differences.js';
import type { Ordering } from './orderings.js';
import type { Snapshot } from './snapshot.js';

type Verdict = Pick<OrderingEnded, 'state' | 'difference' | 'problem'>;

/** What the states after the orderings of a flow have in common. */
export class Comparison {
  /** Why the states can't be compared. */
  problem: string | null = null;
  private first: Json | undefined;
  private readonly ignored = new Set<string>();
  private readonly different: string[] = [];
  private readonly failedProbes: Outcome[] = [];

  /** Takes the state after the next ordering. */
  add({ name }: Ordering, snapshot: Snapshot): Verdict {
    if (!snapshot.ok) return this.fail(snapshot.message, snapshot.outcome);
    const { state } = snapshot;
    if (name === 'natural') {
      this.first = state;
      return { state: 'first', difference: null, problem: null };
    }
    const found = [...differences(this.first, state)];
    if (name === 'again') return this.compareEqualRuns(found);
    const difference = found.find(({ path }) => !this.ignored.has(path));
    if (!difference) return { state: 'same', difference: null, problem: null };
    this.different.push(name);
    return { state: 'different', difference: shown(difference), problem: null };
  }

  result(allAccepted: boolean): Omit<OrdersEnded, 'type' | 'flow' | 'run'> {
    const { problem, different, failedProbes } = this;
    const ok = allAccepted && problem === null && different.length === 0;
    return { ok, problem, different, failedProbes, ignored: [...this.ignored] };
  }

  /** What differs between two equal runs is the receiver's own: ids that it gives, times of arrival. */
  private compareEqualRuns(found: readonly Difference[]): Verdict {
    const grown = found.find((difference) => !isOfValues(difference));
    for (const { path } of found) this.ignored.add(path);
    if (!grown && !this.ignored.has('')) return { state: 'same', difference: null, problem: null };
    this.problem =
      'two equal runs end in different states, so that nothing can be compared. The probe has to show only what one run is about, such as .../orders/{data.orderId}.';
    return { state: 'different', difference: shown(grown ?? found[0]!), problem: this.problem };
  }

  private fail(message: string, outcome: Outcome): Verdict {
    this.failedProbes.push(outcome);
    this.problem = message;
    return { state: 'unknown', difference: null, problem: message };
  }
}

function shown({ path, left, right }: Difference): NonNullable<OrderingEnded['difference']> {
  const text = (value: Json | undefined) => (value === undefined ? null : writeJson(value, 'js'));
  return { path, natural: text(left), here: text(right) };
}
