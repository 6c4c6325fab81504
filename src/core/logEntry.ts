import type { Attempt, Outcome } from './attempt.js';
import type { Grade } from './check.js';
import type { MaskedValue } from './fingerprint.js';

/** A header of the log: its value is text only where that is exactly what was sent. */
export type KeptHeader = readonly [name: string, value: string | MaskedValue];

/** The direction: sent, or received by a listener. */
export type LogDirection = 'sent' | 'received';

/** The commands whose deliveries are kept. */
export const logCommands = ['send', 'flow', 'resend', 'run', 'check', 'handshake', 'load', 'listen'] as const;

/** A command, or its counterpart in the page, for agents or in a program. */
export type LogCommand = (typeof logCommands)[number];

/** The purposes of deliveries: an event, a case of a check, or a handshake before the first event. */
export const logPurposes = ['event', 'check', 'handshake'] as const;

export type LogPurpose = (typeof logPurposes)[number];

/** A delivery as the log keeps it. */
export interface LogEntry {
  /** Twelve hex digits, unique in the log. */
  readonly key: string;
  /** The same for all deliveries of one command. */
  readonly run: string;
  readonly command: LogCommand;
  readonly purpose: LogPurpose;
  /** The case of a suite or of a check that sent it; null for any other. */
  readonly caseName: string | null;
  /** The key of the one that it repeats. */
  readonly resendOf: string | null;
  /** `received` for a request that reached a listener. */
  readonly direction: LogDirection;
  readonly id: string;
  readonly provider: string;
  /** False for a request of no known provider. */
  readonly isRecognized: boolean;
  readonly event: string;
  readonly variant: string | null;
  readonly forge: string | null;
  readonly url: string;
  /** The address by which the provider knew the receiver; null where that is `url`. */
  readonly publicUrl: string | null;
  /** The name of the target; null for an address. */
  readonly target: string | null;
  readonly unixSocket: string | null;
  readonly resolve: Readonly<Record<string, string>>;
  readonly outcome: Outcome;
  readonly ok: boolean;
  readonly method: string;
  readonly headers: readonly KeptHeader[];
  /** Lower-case names. */
  readonly secretHeaders: readonly string[];
  readonly framing: 'length' | 'chunked';
  readonly bytes: number;
  readonly sha256: string;
  /** Null where it was too long to keep, or held a secret. */
  readonly body: Uint8Array | null;
  /** The body with its secrets masked; null where it held none, or was too long to keep. */
  readonly maskedBody: Uint8Array | null;
  /** At least one; the last has the beginning of its answer. */
  readonly attempts: readonly Attempt[];
  /** The whole record as JSON. */
  readonly json: string;
}

/** A delivery of the log in a line: its event, its target and its outcome. */
export interface LogRow
  extends Pick<
    LogEntry,
    | 'key'
    | 'run'
    | 'command'
    | 'purpose'
    | 'caseName'
    | 'direction'
    | 'event'
    | 'variant'
    | 'forge'
    | 'id'
    | 'method'
    | 'url'
    | 'target'
    | 'outcome'
    | 'ok'
    | 'bytes'
    | 'resendOf'
  > {
  /** Milliseconds since 1970 at which its first attempt began. */
  readonly at: number;
  /** Null for a request of no known provider. */
  readonly provider: string | null;
  /** Of the last attempt. */
  readonly status: number | null;
  readonly totalMs: number;
  readonly attemptCount: number;
  /** For a load, which is one row for all its deliveries. */
  readonly load?: KeptLoad;
  /** For the end of a check or of a run of suites, which is a row behind those of its deliveries. */
  readonly ended?: KeptEnd;
}

/** The result of a check or a run of suites, as far as the log keeps it. */
export interface KeptEnd {
  readonly verdict: 'passed' | 'failed' | 'not_judged';
  /** Of a check, A being best; null for suites, and where there was nothing to grade. */
  readonly grade: Grade | null;
  /** The number of cases by verdict. */
  readonly counts: Readonly<Record<string, number>>;
  readonly interrupted: boolean;
  /** Null where it was interrupted. */
  readonly exitCode: number | null;
}

/** The result of a load, as far as the log keeps it. */
export interface KeptLoad {
  readonly sent: number;
  readonly dropped: number;
  readonly ok: number;
  /** The outcomes of those that were not ok. */
  readonly failed: Readonly<Record<Outcome, number>>;
  readonly seconds: number;
  /** Arrivals per second. */
  readonly reachedRate: number;
  readonly interrupted: boolean;
  readonly verdict: 'passed' | 'failed' | 'not_judged';
  /** Milliseconds; null where nothing was measured. */
  readonly latencyMs: Readonly<Record<'p50' | 'p95' | 'p99' | 'max', number>> | null;
}

/** A delivery of the log in a line. */
export function buildLogRow(entry: LogEntry): LogRow {
  const { command, purpose, caseName } = entry;
  const { key, run, direction, event, variant, forge, id, method, url, target, outcome, ok, bytes, resendOf } = entry;
  const last = entry.attempts.at(-1)!;
  return {
    key,
    run,
    command,
    purpose,
    caseName,
    at: Date.parse(entry.attempts[0]!.startedAt),
    direction,
    provider: entry.isRecognized ? entry.provider : null,
    event,
    variant,
    forge,
    id,
    method,
    url,
    target,
    outcome,
    ok,
    status: last.status,
    totalMs: last.timing.totalMs,
    attemptCount: entry.attempts.length,
    bytes,
    resendOf,
  };
}

/** Characters of a key that are shown; its beginning is enough to name it. */
export const shownKey = 8;
