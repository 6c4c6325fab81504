import type { CheckEnded } from '../core/check.js';

/** Whether a check found a receiver to be safe: no finding, and enough of it was judged. Remarks are allowed. */
export function isSafe({ counts, incomplete, reached }: CheckEnded): boolean {
  return counts.finding === 0 && incomplete === null && reached;
}
