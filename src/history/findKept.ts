import { UsageError } from '../core/errors.js';
import { type LogEntry, type LogPurpose, shownKey } from '../core/logEntry.js';
import { nearest } from '../core/nearest.js';
import { printable } from '../core/printable.js';

/** Keys that an error lists. */
const listed = 5;

/**
 * The delivery that a person names: `last` (no case of a check, and no handshake), the beginning of its key, or that of its id, of which the newest is taken.
 * Throws a UsageError for a name of none or of several.
 */
export function findKept(name: string, deliveries: Iterable<LogEntry>): LogEntry {
  const wanted = name.toLowerCase();
  const keys: string[] = [];
  let byId: LogEntry | undefined;
  const byKey: LogEntry[] = [];
  let newest: LogEntry | undefined;
  const passedOver: LogPurpose[] = [];
  for (const entry of deliveries) {
    if (wanted === 'last') {
      if (entry.purpose === 'event') return entry;
      newest ??= entry;
      passedOver.push(entry.purpose);
      continue;
    }
    keys.push(entry.key.slice(0, shownKey));
    if (entry.key === wanted) return entry;
    if (isStart(wanted, entry.key)) byKey.push(entry);
    else if (isStart(wanted, entry.id)) byId ??= entry;
  }
  if (newest) throw noEventKept(newest, passedOver);
  if (byKey.length > 1) {
    const all = byKey.slice(0, listed).map(({ key }) => key);
    throw new UsageError(
      'VAGUE_DELIVERY',
      `${name} begins ${byKey.length} deliveries: ${all.join(', ')}. Write more of it.`,
    );
  }
  const found = byKey[0] ?? byId;
  if (found) return found;
  if (keys.length === 0) throw nothingKept();
  const near = nearest(wanted, keys.length > 1000 ? keys.slice(0, 1000) : keys);
  const first =
    near.length > 0 ? `Did you mean ${near.join(' or ')}?` : `The last ones: ${keys.slice(0, listed).join(', ')}.`;
  throw new UsageError('UNKNOWN_DELIVERY', `The log has no delivery ${name}.`, {
    hint: `${first} See: webhook-sim log`,
    facts: { value: name, nearest: near },
  });
}

function isStart(wanted: string, whole: string): boolean {
  return wanted.length >= 4 && whole.startsWith(wanted);
}

/** The error where the log has what checks and handshakes sent, and no event. */
function noEventKept(newest: LogEntry, all: readonly LogPurpose[]): UsageError {
  const purposes = [...new Set(all.map((purpose) => `${purpose}s`))].join(' and ');
  const name = `${newest.provider} ${newest.event}${newest.caseName === null ? '' : `, ${newest.caseName}`}`;
  const key = newest.key.slice(0, shownKey);
  const count = all.length === 1 ? 'has one delivery' : `has ${all.length} deliveries`;
  return new UsageError(
    'NOTHING_KEPT',
    `The log ${count}, of ${purposes}, and none of an event, which is what "last" means. Name one by its key; the newest is ${key} (${printable(name)}). See: webhook-sim log --search command:${newest.command}`,
  );
}

/** The error where there is nothing to choose from. */
export function nothingKept(): UsageError {
  return new UsageError(
    'NOTHING_KEPT',
    'The log has no such delivery. Each one is kept as it is sent, unless the log is off, and not under CI. See: webhook-sim log',
  );
}
