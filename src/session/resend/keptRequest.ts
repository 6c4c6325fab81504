import { createHash } from 'node:crypto';
import { UsageError } from '../../core/errors.js';
import { type LogEntry, shownKey } from '../../core/logEntry.js';

/** A kept delivery that has its body. */
export interface KeptRequest {
  readonly kept: LogEntry;
  readonly body: Uint8Array;
}

/** The kept delivery with its body. Throws a UsageError where that was not kept, or is no longer what was sent. */
export function keptRequest(kept: LogEntry): KeptRequest {
  const { body, bytes, sha256 } = kept;
  if (body === null) {
    throw new UsageError(
      'BODY_NOT_KEPT',
      `The body of ${keyOf(kept)} was not kept: its ${bytes} bytes are too many, or hold a secret. Send it again with: webhook-sim send`,
    );
  }
  if (createHash('sha256').update(body).digest('hex') !== sha256) {
    throw new UsageError(
      'CHANGED_BODY',
      `The body of ${keyOf(kept)} in the log is not the one that was sent. Send it again.`,
    );
  }
  return { kept, body };
}

/** A kept delivery as people name it. */
export function keyOf({ key }: Pick<LogEntry, 'key'>): string {
  return key.slice(0, shownKey);
}
