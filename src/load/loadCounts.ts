import { type Outcome, outcomes } from '../core/attempt.js';
import type { LoadCounts } from '../core/load.js';

/** Counts that can be added to. */
export type Counts = { -readonly [K in keyof Omit<LoadCounts, 'outcomes' | 'failed'>]: number } & {
  readonly outcomes: Record<Outcome, number>;
  readonly failed: Record<Outcome, number>;
};

const noOutcomes = () => Object.fromEntries(outcomes.map((outcome) => [outcome, 0])) as Record<Outcome, number>;

/** Counts of nothing. */
export function noCounts(): Counts {
  const [outcome, failed] = [noOutcomes(), noOutcomes()];
  return { due: 0, sent: 0, dropped: 0, ended: 0, ok: 0, outcomes: outcome, failed, bytesSent: 0, bytesReceived: 0 };
}

const sums = ['due', 'sent', 'dropped', 'ended', 'ok', 'bytesSent', 'bytesReceived'] as const;

/** Adds counts to others. */
export function addCounts(to: Counts, counts: LoadCounts): void {
  for (const name of sums) to[name] += counts[name];
  for (const outcome of outcomes) {
    to.outcomes[outcome] += counts.outcomes[outcome];
    to.failed[outcome] += counts.failed[outcome];
  }
}
