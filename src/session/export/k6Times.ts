import { offsetMs, type TimeKind } from '../../core/time.js';
import type { K6Moment, K6TimeForm } from '../../export/k6Script.js';

/** A time in a script: the part that moves, and the fixed text after it. */
export interface K6Time {
  readonly form: K6TimeForm;
  readonly length: number;
  readonly moment: K6Moment;
  readonly rest: string;
}

/** A moment that is so much later. */
export function later(moment: K6Moment, ms: number): K6Moment {
  if (ms === 0) return moment;
  return moment.whole
    ? { ...moment, whole: { ...moment.whole, shift: moment.whole.shift + ms } }
    : { ...moment, ms: moment.ms + ms };
}

/** Returns how a time is written as another text of its format: in the same UTC offset, with the digits below the millisecond that it has. */
export function timeLike(like: string, kind: TimeKind, moment: K6Moment): K6Time {
  switch (kind) {
    case 'unix-seconds':
    case 'unix-float':
      // With a fraction: the milliseconds with their last digits cut off, a point between.
      return { form: 'seconds', length: Math.min(like.length, 14), moment, rest: like.slice(14) };
    case 'unix-millis':
    case 'unix-micros':
    case 'unix-nanos':
      return { form: 'milliseconds', length: 13, moment, rest: like.slice(13) };
    case 'iso-basic': {
      const rest = like.slice(15);
      return { form: 'basic', length: 15, moment: later(moment, offsetMs(rest)), rest };
    }
    case 'rfc1123': {
      const rest = like.slice(26);
      return { form: 'http', length: 26, moment: later(moment, offsetMs(rest)), rest };
    }
    default: {
      const [zone = ''] = /(?:Z| UTC| ?[+-]\d{2}(?::?\d{2})?)?$/.exec(like.slice(19)) ?? [];
      const length = Math.min(like.length - zone.length, 23);
      const form = like[10] === ' ' ? 'sql' : 'iso';
      return { form, length, moment: later(moment, offsetMs(zone)), rest: like.slice(length) };
    }
  }
}
