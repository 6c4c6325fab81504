import type { Attempt, Outcome } from './attempt.js';
import type { MaskedValue } from './fingerprint.js';

/** A header of the log: its value is text only where that is what was sent. */
export type KeptHeader = readonly [name: string, value: string | MaskedValue];

/** Whether it went out, or came to a listener. */
export type LogDirection = 'sent' | 'received';

/** A delivery as the log keeps it. */
export interface LogEntry {
  /** Twelve hex digits, which tell it from all others. */
  readonly key: string;
  /** The same for all deliveries of one command. */
  readonly run: string;
  /** The key of the one that it repeats. */
  readonly resendOf: string | null;
  /** `received` for a request that came to a listener. */
  readonly direction: LogDirection;
  readonly id: string;
  readonly provider: string;
  /** False for a request that came from nobody who is known. */
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
  /** The same with masks in place of the secrets that it held; null where it held none, or was too long to keep. */
  readonly maskedBody: Uint8Array | null;
  /** At least one; the last has the beginning of its answer. */
  readonly attempts: readonly Attempt[];
  /** The whole record as JSON. */
  readonly json: string;
}

/** A delivery of the log in a line: what it was, where it went and what came of it. */
export interface LogRow
  extends Pick<
    LogEntry,
    | 'key'
    | 'run'
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
  /** Null for a request of nobody who is known. */
  readonly provider: string | null;
  /** Of the last attempt. */
  readonly status: number | null;
  readonly totalMs: number;
  readonly attemptCount: number;
}

/** A delivery of the log in a line. */
export function logRowOf(entry: LogEntry): LogRow {
  const { key, run, direction, event, variant, forge, id, method, url, target, outcome, ok, bytes, resendOf } = entry;
  const last = entry.attempts.at(-1)!;
  return {
    key,
    run,
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
