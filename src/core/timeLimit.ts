import { badValue } from './badValue.js';
import { parseDuration } from './duration.js';

const longestMs = 24 * 3_600_000;

/** Milliseconds of a time limit such as `5s`, from 1ms to 24h; `what` names it in the UsageError for another text. */
export function parseTimeLimit(text: string, what: string): number {
  const ms = parseDuration(text, what);
  if (ms < 1 || ms > longestMs)
    throw badValue('BAD_DURATION', what, { value: text, reason: `${text} is not between 1ms and 24h.` });
  return ms;
}
