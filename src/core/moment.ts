import { readDuration } from './duration.js';

/** The time of a value: so many milliseconds from now, or at the first attempt. */
export type Moment = { readonly offsetMs: number } | 'first attempt';

/** Reads `now`, `now+300s`, `now-1h` or `first attempt`; undefined for anything else. */
export function readMoment(text: string): Moment | undefined {
  if (text === 'first attempt') return text;
  const [whole, sign, distance] = /^now(?:([+-])(.+))?$/.exec(text) ?? [];
  if (whole === undefined) return undefined;
  if (distance === undefined) return { offsetMs: 0 };
  const ms = readDuration(distance);
  return ms === undefined ? undefined : { offsetMs: sign === '-' ? -ms : ms };
}
