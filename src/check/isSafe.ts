import type { CheckEnded } from '../core/check.js';

/** Whether a check found a receiver to be safe: no flaw, and enough of it was judged. Remarks are allowed. */
export function isSafe({ counts, incomplete, reached }: CheckEnded): boolean {
  return counts.flaw === 0 && incomplete === null && reached;
}
