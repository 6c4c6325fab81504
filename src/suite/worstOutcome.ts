import type { Outcome } from '../core/outcome.js';

const worstFirst = ['broken', 'unreachable', 'timed_out'] as const;

/** The outcome that decides the exit code of what failed: the worst there is, else that an answer was not as it had to be. */
export function worstOutcome(outcomes: ReadonlySet<Outcome>): Outcome {
  return worstFirst.find((outcome) => outcomes.has(outcome)) ?? 'rejected';
}
