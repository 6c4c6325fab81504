import { UsageError } from './errors.js';

const fastest = 1_000_000_000;

/**
 * How many times faster than on the provider's own clock time passes, from `1x`, `600x` or `instant` (infinity, so that a wait
 * divided by it is none); `what` names it in the UsageError for another text.
 */
export function parseSpeed(text: string, what: string): number {
  if (text === 'instant') return Number.POSITIVE_INFINITY;
  const factor = /^\d+(\.\d+)?x$/.test(text) ? Number(text.slice(0, -1)) : Number.NaN;
  if (factor > 0 && factor <= fastest) return factor;
  throw new UsageError(
    'BAD_SPEED',
    `${what}: "${text}" is not a speed. Write 1x (as in production), 600x (ten minutes in a second) or instant.`,
  );
}
