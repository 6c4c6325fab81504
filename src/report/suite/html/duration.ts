import { formatDuration } from '../../../core/duration.js';
import { milliseconds } from '../../shared/words.js';

/** `7.3 ms`, `512 ms`, `2.5 s`, `1 min 30 s`. */
export function duration(ms: number): string {
  return ms < 1000 ? milliseconds(ms) : formatDuration(ms);
}
