import { Chalk } from 'chalk';
import type { Attempt } from '../../core/attempt.js';
import { type LogEntry, shownKey } from '../../core/logEntry.js';
import { excerpt, printable } from '../../core/printable.js';
import { answerDetails } from '../run/details.js';
import { describeOutcomeOf, grouped, marks, milliseconds, shortReason } from '../shared/words.js';

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
    kept.isRecognized ? printable(provider) : '(not recognized)',
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
      : printable(shortReason(outcome, attempt, forge)),
    attempts.length > 1 ? `${grouped(attempts.length)} attempts` : '',
    `${kept.direction === 'received' ? 'received at' : 'to'} ${placeOf(kept)}`,
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

/** A delivery of the log with its request, whole, and with the result of each attempt. */
export function logDetails(kept: LogEntry, options: LogListOptions): string {
  const { dot } = marks(options.unicode);
  const { id, attempts, resendOf } = kept;
  const earlier = attempts.slice(0, -1).flatMap((attempt) => {
    const result = attempt.error
      ? `${describeOutcomeOf[attempt.error.kind]} (${attempt.error.code})`
      : `${attempt.status}`;
    const warnings = (attempt.warnings ?? []).map(({ message }) => `    warning: ${printable(message)}`);
    return [
      `  attempt ${attempt.number} ${dot} ${localTime(attempt)} ${dot} ${printable(result)} ${dot} ${milliseconds(attempt.timing.totalMs)}`,
      ...warnings,
    ];
  });
  return [
    logLine(kept, options),
    `  delivery ${printable(id)}`,
    ...(resendOf ? [`  sent before as ${resendOf.slice(0, shownKey)}`] : []),
    '',
    ...requestLines(kept, dot),
    '',
    ...earlier,
    ...answerDetails(attempts.at(-1)!, dot),
    '',
  ].join('\n');
}

function requestLines({ method, url, headers, body, bytes }: LogEntry, dot: string): string[] {
  const text = body === null ? null : Buffer.from(body).toString('utf8');
  return [
    `  ${printable(method)} ${printable(url)} ${dot} ${grouped(bytes)} bytes`,
    ...headers.map(
      ([name, value]) => `    ${printable(name)}: ${printable(typeof value === 'string' ? value : value.mask)}`,
    ),
    ...(text === null
      ? ['    (its body was not kept: it is too long, or holds a secret)']
      : text.split('\n').map((line) => `    ${printable(line)}`)),
  ];
}
