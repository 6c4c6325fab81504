import type { KeptEnd } from '../core/logEntry.js';
import { asLine } from '../report/shared/jsonLines.js';
import type { RecordPlace } from './record.js';

/** The result of a check or of a run of suites, kept for readers of its deliveries. */
export interface LoggedEnd extends KeptEnd {
  /** Null for suites, which have several. */
  readonly provider: string | null;
  /** The events of a check, the files of suites. */
  readonly names: readonly string[];
  /** Null for a target with a name, and for suites, whose cases each have theirs. */
  readonly url: string | null;
  /** The name of its target; null for an address, and for suites. */
  readonly target: string | null;
  /** Milliseconds since 1970. */
  readonly endedAt: number;
}

/** Names that are kept of many. */
const maxNames = 20;
const maxName = 200;

/** One line of the log about an end. */
export function endRecordLine(end: LoggedEnd, place: RecordPlace): string {
  return asLine(endRecordDocument(end, place));
}

/** Returns the members of a line of the log about an end. */
export function endRecordDocument(end: LoggedEnd, place: RecordPlace) {
  const { provider, names, url, target, endedAt, verdict, grade, counts, interrupted, exitCode } = end;
  return {
    schemaVersion: 1,
    ...place,
    type: 'ended',
    ...{ provider, target, url },
    names: names.slice(0, maxNames).map((name) => name.slice(0, maxName)),
    endedAt: new Date(endedAt).toISOString(),
    ...{ verdict, grade, counts, interrupted, exitCode },
  } as const;
}
