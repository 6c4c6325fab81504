import { createHash } from 'node:crypto';
import { UsageError } from '../../core/errors.js';
import { type LogEntry, shownKey } from '../../core/logEntry.js';

/** A kept delivery that has its body. */
export interface KeptRequest {
  readonly entry: LogEntry;
  readonly body: Uint8Array;
  /** True for a body that has masks in place of its secrets. */
  readonly isMasked?: true;
}

/** The kept delivery with its body, perhaps one whose secrets its provider has to put in again. Throws a UsageError as `keptRequest` does. */
export function resentRequest(entry: LogEntry): KeptRequest {
  if (entry.body !== null || entry.maskedBody === null || entry.forge !== null) return keptRequest(entry);
  return { entry, body: entry.maskedBody, isMasked: true };
}

/** The kept delivery with its body. Throws a UsageError where that was not kept, or is no longer what was sent. */
export function keptRequest(entry: LogEntry): KeptRequest {
  const { body, sha256 } = entry;
  if (body === null) throw bodyNotKept(entry);
  if (createHash('sha256').update(body).digest('hex') !== sha256) {
    throw new UsageError(
      'CHANGED_BODY',
      `The body of ${keyOf(entry)} in the log is not the one that was sent. Send it again.`,
    );
  }
  return { entry, body };
}

/** The error for a body that can't be had again. */
export function bodyNotKept({ bytes, ...kept }: LogEntry): UsageError {
  return new UsageError(
    'BODY_NOT_KEPT',
    `The body of ${keyOf(kept)} was not kept: its ${bytes} bytes are too many, or hold a secret. Send it again with: webhook-sim send`,
  );
}

/** A kept delivery as people name it. */
export function keyOf({ key }: Pick<LogEntry, 'key'>): string {
  return key.slice(0, shownKey);
}
