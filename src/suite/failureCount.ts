import type { Outcome } from '../core/attempt.js';
import type { Failure } from '../core/suite.js';

const worstFirst = ['broken', 'unreachable', 'timed_out'] as const;

/** The outcome that decides the exit code of what failed: the worst there is, else that an answer was not as it had to be. */
export function worstOutcome(outcomes: ReadonlySet<Outcome>): Outcome {
  return worstFirst.find((outcome) => outcomes.has(outcome)) ?? 'rejected';
}

/** Different failures of one item that are reported. */
const maxListed = 10;

/** Adds up the failures of an item's deliveries, equal ones together. */
export class FailureCount {
  private readonly counts = new Map<string, { readonly failure: Failure; count: number }>();
  private deliveries = 0;

  /** Takes what failed of one delivery. */
  add(failures: readonly Failure[]): void {
    if (failures.length > 0) this.deliveries++;
    for (const failure of failures) {
      const key = `${failure.expectation} ${failure.message}`;
      const known = this.counts.get(key);
      if (known) known.count++;
      else if (this.counts.size < maxListed) this.counts.set(key, { failure, count: 1 });
    }
  }

  /** Returns the failures, of several deliveries with how many had each. */
  listed(sent: number): Failure[] {
    const failures = [...this.counts.values()];
    if (sent === 1 || this.deliveries === 0) return failures.map(({ failure }) => failure);
    return [
      ...failures.map(({ failure, count }) => ({ ...failure, message: `${failure.message} (${times(count)})` })),
      { expectation: 'count', message: `${this.deliveries} of ${sent} deliveries were not as expected` },
    ];
  }
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}
