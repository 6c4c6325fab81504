import type { LoadEnded, LoadVerdict } from '../core/load.js';
import { asLine } from '../report/shared/jsonLines.js';
import type { RecordPlace } from './record.js';

/** The result of a load, without its deliveries. */
export interface LoggedLoad {
  /** The names of what it sent. */
  readonly names: readonly string[];
  /** Null for several. */
  readonly provider: string | null;
  readonly url: string;
  /** The name of its target; null for an address. */
  readonly target: string | null;
  /** The case of a suite that it is; null for none. */
  readonly caseName: string | null;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly ended: LoadEnded;
  readonly verdict: LoadVerdict['verdict'];
}

/** One line of the log about a load. */
export function loadRecordLine(load: LoggedLoad, place: RecordPlace): string {
  return asLine(loadRecordDocument(load, place));
}

/** Returns the members of a line of the log about a load. */
export function loadRecordDocument(load: LoggedLoad, place: RecordPlace) {
  const { names, provider, url, target, caseName, startedAt, ended, verdict } = load;
  const { sent, dropped, ok, failed, seconds, reachedRate, interrupted, latencyMs } = ended;
  return {
    schemaVersion: 1,
    ...place,
    type: 'load',
    ...{ provider, names, caseName, target, verdict },
    url,
    startedAt: new Date(startedAt).toISOString(),
    ...{ sent, dropped, ok, failed, seconds, reachedRate, interrupted },
    latencyMs: latencyMs && { p50: latencyMs.p50, p95: latencyMs.p95, p99: latencyMs.p99, max: latencyMs.max },
  } as const;
}
