import { readDuration } from '../../core/duration.js';
import { UsageError } from '../../core/errors.js';
import { globPattern } from '../../core/globPattern.js';
import { buildLogRow, type LogEntry, type LogRow } from '../../core/logEntry.js';
import { holdsRowTexts, holdsTexts, parseLogSearch } from '../../history/parseLogSearch.js';
import type { LogValues } from '../../options/log.js';
import { findProvider, type KnownProviders } from '../../providers/findProvider.js';

/** Search fields that select deliveries of a check, which a list otherwise leaves out: there are many. */
const runFields = ['command', 'run', 'case', 'key', 'forge'];

/** Reads the filter options into a predicate for deliveries of the log; `now` in milliseconds since 1970. Throws a UsageError. */
export function readLogFilter(
  options: LogValues,
  now: number,
  known: KnownProviders,
): (entry: LogEntry | LogRow) => boolean {
  const { provider, event, outcome, failed } = options;
  if (provider !== undefined) findProvider(provider, known);
  const pattern = event === undefined ? null : eventPattern(event, options.nameOf('event'));
  const since = options.since === undefined ? null : readSince(options.since, now, options.nameOf('since'));
  const search = options.search === undefined ? null : parseLogSearch(options.search, now);
  const namesRun = runFields.some((name) => search?.fields.has(name));
  const holds = (entry: LogEntry | LogRow) =>
    search === null || ('json' in entry ? holdsTexts(entry, search.texts) : holdsRowTexts(entry, search.texts));
  return (entry) => {
    const row = 'json' in entry ? buildLogRow(entry) : entry;
    return (
      (row.purpose !== 'check' || namesRun) &&
      (provider === undefined || row.provider === provider) &&
      (pattern === null || pattern.test(row.event)) &&
      (outcome === undefined || (!row.load && !row.ended && row.outcome === outcome)) &&
      (!failed || !row.ok) &&
      (since === null || row.at >= since) &&
      (search === null || search.fits(row)) &&
      holds(entry)
    );
  };
}

function eventPattern(glob: string, what: string): RegExp {
  if (glob === '')
    throw new UsageError('NO_EVENT', `${what}: the name is empty. Write one, or a pattern such as order.*`);
  return globPattern(glob);
}

function readSince(text: string, now: number, what: string): number {
  const duration = readDuration(text);
  const time =
    duration === undefined ? (/^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN) : now - duration;
  if (Number.isNaN(time)) {
    throw new UsageError(
      'BAD_TIME',
      `${what}: "${text}" is neither a duration nor a time. Write 1h or 2026-01-31T12:00:00Z.`,
    );
  }
  return time;
}
