import { parseDuration } from './duration.js';
import { badValue, type UsageError } from './errors.js';

/** The least and the most that an option may be; the same on the command line, in suites and in the library. */
export interface Bounds {
  readonly min: number;
  readonly max: number;
}

/** The bounds of numeric options. */
export const limits = {
  count: { min: 1, max: 100_000_000 },
  concurrency: { min: 1, max: 1000 },
  duplicate: { min: 1, max: 100 },
  seed: { min: 0, max: Number.MAX_SAFE_INTEGER },
} as const satisfies Record<string, Bounds>;

/** The values of options that are not given. */
export const defaults = {
  count: 1,
  concurrency: 1,
  duplicate: 1,
  /** Ten minutes in a second. */
  retrySpeed: '600x',
} as const;

/** Milliseconds that a pipe may stay silent while it is read as an input. */
export const maxPipeSilenceMs = 30_000;

/** The most retries of a schedule, and the longest wait before one of them. */
export const maxRetries = 100;
const maxDelayMs = 7 * 24 * 3_600_000;

/** The time in which Unix seconds have ten digits; ids and headers made of them keep their length in it. */
const firstTimeMs = Date.UTC(2001, 8, 10);
const lastTimeMs = Date.UTC(2286, 10, 20);

/** Takes a whole number within bounds; `what` names the option in the UsageError for another. */
export function assertWhole(value: number, what: string, { min, max }: Bounds): number {
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  throw wrongNumber(value, what, { min, max });
}

/** Reads a whole number within bounds; `what` names the option in the UsageError for another text. */
export function parseWhole(text: string, what: string, { min, max }: Bounds): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  throw wrongNumber(text, what, { min, max });
}

function wrongNumber(value: number | string, what: string, { min, max }: Bounds): UsageError {
  const shown = typeof value === 'string' ? `"${value}"` : String(value);
  const reason = `${shown} is not a whole number from ${min} to ${max}.`;
  return badValue('BAD_NUMBER', what, { value: String(value), reason });
}

/** Milliseconds between attempts, of a schedule in durations; `what` names the option in the UsageError for another. */
export function parseSchedule(parts: readonly string[], what: string): number[] {
  if (!Array.isArray(parts)) {
    const reason = 'it is not a list.';
    throw badValue('BAD_SCHEDULE', what, {
      value: String(parts),
      reason,
      hint: "Write a list of durations: ['1m', '10m'].",
    });
  }
  if (parts.length === 0)
    throw badValue('BAD_SCHEDULE', what, { value: '', reason: 'it is empty.', hint: 'Write durations: 1m, 10m, 1h.' });
  if (parts.length > maxRetries) {
    const reason = `${parts.length} retries are more than ${maxRetries}.`;
    throw badValue('BAD_SCHEDULE', what, { value: parts.join(','), reason });
  }
  return parts.map((part) => {
    const ms = parseDuration(String(part).trim(), what);
    if (ms <= maxDelayMs) return ms;
    throw badValue('BAD_SCHEDULE', what, { value: part, reason: `${part} is longer than 7d.` });
  });
}

/** Milliseconds since 1970 of a time as it is written: ISO 8601, or Unix seconds; `what` names the option in the UsageError for another. */
export function parseMoment(text: string, what: string): number {
  const ms = /^\d{9,10}$/.test(text)
    ? Number(text) * 1000
    : /^\d{4}-\d{2}-\d{2}/.test(text)
      ? Date.parse(text)
      : Number.NaN;
  if (Number.isNaN(ms) || ms < 0) {
    const hint = 'Write 2026-01-31T12:00:00Z or Unix seconds.';
    throw badValue('BAD_TIME', what, { value: text, reason: `"${text}" is not a time.`, hint });
  }
  return assertMoment(ms, what, text);
}

/** Takes milliseconds since 1970 whose Unix seconds have ten digits; `what` names the option in the UsageError for others. */
export function assertMoment(ms: number, what: string, shown = String(ms)): number {
  if (ms >= firstTimeMs && ms <= lastTimeMs) return ms;
  throw badValue('BAD_TIME', what, { value: shown, reason: `${shown} is not between 2001-09-10 and 2286-11-20.` });
}
