import { Chalk } from 'chalk';
import type { Attempt } from '../../core/attempt.js';
import { type LogEntry, shownKey } from '../../core/logEntry.js';
import { excerpt, printable } from '../../core/printable.js';
import { describeOutcomeOf, grouped, marks, milliseconds, phrase } from '../shared/words.js';

export interface LogListOptions {
  readonly colour: boolean;
  /** Whether the terminal shows characters beyond ASCII. */
  readonly unicode: boolean;
}

/** The line of a delivery of the log: its key, when it was sent, the result and where it went. */
export function logLine(kept: LogEntry, { colour, unicode }: LogListOptions): string {
  const paint = new Chalk({ level: colour ? 1 : 0 });
  const sign = marks(unicode);
  const { key, provider, event, variant, forge, attempts, outcome, ok, resendOf } = kept;
  const attempt = attempts.at(-1)!;
  const result = ok ? paint.green : paint.red;
  const name = [
    printable(provider),
    paint.bold(printable(event)),
    variant && `(${printable(variant)})`,
    forge && `[${printable(forge)}]`,
  ];
  const parts = [
    key.slice(0, shownKey),
    paint.dim(localTime(attempts[0]!)),
    result(ok ? sign.ok : sign.bad),
    result(attempt.status === null ? sign.none : String(attempt.status)),
    ...name.filter(Boolean),
    milliseconds(attempt.timing.totalMs),
  ];
  const notes = [
    ok
      ? outcome === 'accepted'
        ? ''
        : `${describeOutcomeOf[outcome]}, as expected`
      : printable(phrase(outcome, attempt, forge)),
    attempts.length > 1 ? `${grouped(attempts.length)} attempts` : '',
    `to ${placeOf(kept)}`,
    resendOf ? `again ${resendOf.slice(0, shownKey)}` : '',
  ];
  return `${parts.join(' ')}  ${paint.dim(notes.filter(Boolean).join(', '))}`;
}

/** Where a delivery went, in short. */
function placeOf({ target, url }: LogEntry): string {
  const { host, pathname } = new URL(url);
  return target === null ? excerpt(`${host}${pathname}`, 60) : printable(target);
}

/** `2026-07-31 14:02:11`, by the clock on the wall. */
export function localTime({ startedAt }: Attempt): string {
  const time = new Date(startedAt);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = [time.getFullYear(), two(time.getMonth() + 1), two(time.getDate())].join('-');
  return `${day} ${time.toTimeString().slice(0, 8)}`;
}
