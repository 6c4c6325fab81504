import type { LogEntry } from '../../core/logEntry.js';
import { shownKey } from '../../core/logEntry.js';

/** A kept delivery as people name it. */
export function keyOf({ key }: Pick<LogEntry, 'key'>): string {
  return key.slice(0, shownKey);
}
