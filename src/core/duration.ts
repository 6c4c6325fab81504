import { badValue, UsageError } from './errors.js';

const longestMs = 24 * 3_600_000;

/** Milliseconds of a time limit such as `5s`, from 1ms to 24h; `what` names it in the UsageError for another text. */
export function parseTimeLimit(text: string, what: string): number {
  const ms = parseDuration(text, what);
  if (ms < 1 || ms > longestMs)
    throw badValue('BAD_DURATION', what, { value: text, reason: `${text} is not between 1ms and 24h.` });
  return ms;
}

const fastest = 1_000_000_000;

/**
 * Parses the factor by which time passes faster than on the provider's own clock, from `1x`, `600x` or `instant` (infinity, so that a wait divided by
 * it is none); `what` names it in the UsageError for another text.
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

const units: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A hundred years, in milliseconds: with more, dates leave what can be written. */
const maxDurationMs = 36_525 * 86_400_000;

/** Milliseconds of a duration such as `250ms`, `5s`, `1.5m`, `1h` or `2d`; undefined for any other text, and for more than 100 years. */
export function readDuration(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(text);
  const ms = match ? Number(match[1]) * units[match[2]!]! : Number.NaN;
  return ms <= maxDurationMs ? ms : undefined;
}

/** Milliseconds of a duration that must be one; `what` names it in the error. */
export function parseDuration(text: string, what: string): number {
  const ms = readDuration(text);
  if (ms === undefined) {
    throw badValue('BAD_DURATION', what, {
      value: text,
      reason: `"${text}" is not a duration.`,
      hint: 'Write a number and a unit: 500ms, 5s, 1m.',
    });
  }
  return ms;
}

/** A duration for a person: `850 ms`, `10 s`, `1 min 30 s`, `1 h 11 min`. */
export function formatDuration(ms: number): string {
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  const seconds = Number((ms / 1000).toFixed(1));
  if (seconds < 60) return `${seconds} s`;
  const whole = Math.max(ms, 60_000);
  const [large, small, size, part] =
    whole < 3_600_000 ? (['min', 's', 60_000, 1000] as const) : (['h', 'min', 3_600_000, 60_000] as const);
  const rest = Math.floor((whole % size) / part);
  return `${Math.floor(whole / size)} ${large}${rest > 0 ? ` ${rest} ${small}` : ''}`;
}
