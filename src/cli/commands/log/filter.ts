import { readDuration } from '../../../core/duration.js';
import { UsageError } from '../../../core/errors.js';
import type { LogEntry } from '../../../core/logEntry.js';
import type { LogValues } from '../../../options/log.js';
import { findProvider, type KnownProviders } from '../../../providers/findProvider.js';

/** Says whether a delivery is one of those that are asked for. */
export type Filter = (kept: LogEntry) => boolean;

/** Reads the flags that choose among the deliveries of the log; `now` in milliseconds since 1970. Throws a UsageError. */
export function readFilter(options: LogValues, now: number, known: KnownProviders): Filter {
  const { provider, event, outcome, failed } = options;
  if (provider !== undefined) findProvider(provider, known);
  const pattern = event === undefined ? null : globPattern(event);
  const since = options.since === undefined ? null : readSince(options.since, now);
  return (kept) =>
    (provider === undefined || kept.provider === provider) &&
    (pattern === null || pattern.test(kept.event)) &&
    (outcome === undefined || kept.outcome === outcome) &&
    (!failed || !kept.ok) &&
    (since === null || Date.parse(kept.attempts[0]!.startedAt) >= since);
}

function globPattern(glob: string): RegExp {
  if (glob === '')
    throw new UsageError('NO_EVENT', '--event: the name is empty. Write one, or a pattern such as order.*');
  const text = glob.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
  return new RegExp(`^${text}$`);
}

function readSince(text: string, now: number): number {
  const duration = readDuration(text);
  const time =
    duration === undefined ? (/^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN) : now - duration;
  if (Number.isNaN(time)) {
    throw new UsageError(
      'BAD_TIME',
      `--since: "${text}" is neither a duration nor a time. Write 1h or 2026-01-31T12:00:00Z.`,
    );
  }
  return time;
}
