import { Chalk } from 'chalk';
import { type KeptLoad, type LogEntry, type LogRow, shownKey } from '../../core/logEntry.js';
import { excerpt, printable } from '../../core/printable.js';
import { answerDetails } from '../run/details.js';
import { describeOutcomeOf, grouped, marks, milliseconds, shortReason } from '../shared/words.js';

export interface LogListOptions {
  readonly colour: boolean;
  /** True when the terminal shows characters beyond ASCII. */
  readonly unicode: boolean;
}

/** The line of a delivery of the log: its key, when it was sent, the result and where it went. */
export function logLine(entry: LogEntry, { colour, unicode }: LogListOptions): string {
  const paint = new Chalk({ level: colour ? 1 : 0 });
  const sign = marks(unicode);
  const { key, provider, event, variant, forge, attempts, outcome, ok, resendOf } = entry;
  const attempt = attempts.at(-1)!;
  const result = ok ? paint.green : paint.red;
  const name = [
    entry.isRecognized ? printable(provider) : '(not recognized)',
    paint.bold(printable(event)),
    variant && `(${printable(variant)})`,
    forge && `[${printable(forge)}]`,
  ];
  const parts = [
    key.slice(0, shownKey),
    paint.dim(localTime(attempts[0]!.startedAt)),
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
    `${entry.direction === 'received' ? 'received at' : 'to'} ${placeOf(entry)}`,
    resendOf ? `again ${resendOf.slice(0, shownKey)}` : '',
  ];
  return `${parts.join(' ')}  ${paint.dim(notes.filter(Boolean).join(', '))}`;
}

/** The line of a load, or of the end of a check or of suites: its key, when it began or ended, and what it came to. */
export function logRowLine(row: LogRow, { colour, unicode }: LogListOptions): string {
  const paint = new Chalk({ level: colour ? 1 : 0 });
  const sign = marks(unicode);
  const { key, at, command, provider, event, ok, load, ended } = row;
  const judged = load ?? ended;
  const result = judged?.verdict === 'not_judged' ? paint.dim : ok ? paint.green : paint.red;
  const word = judged?.interrupted ? 'interrupted' : judged?.verdict.replace('_', ' ');
  const parts = [
    key.slice(0, shownKey),
    paint.dim(localTime(at)),
    result(judged?.verdict === 'not_judged' ? sign.none : ok ? sign.ok : sign.bad),
    command === 'run' ? 'suite' : command,
    command === 'check' && provider !== null ? printable(provider) : '',
    paint.bold(printable(event)),
    result(ended?.grade ? `grade ${ended.grade}` : word),
  ];
  const notes = [
    ...(ended?.grade && ended.interrupted ? ['interrupted'] : []),
    ...(load ? loadNotes(load) : Object.entries(ended?.counts ?? {}).map(countNote)).filter(Boolean),
    ended && ended.exitCode !== null ? `exit code ${ended.exitCode}` : '',
    row.url === '' && row.target === null ? '' : `to ${placeOf(row)}`,
  ];
  return `${parts.filter(Boolean).join(' ')}  ${paint.dim(notes.filter(Boolean).join(', '))}`;
}

function countNote([name, count]: readonly [string, number]): string {
  const many = count !== 1 && (name === 'finding' || name === 'remark') ? 's' : '';
  return count === 0 ? '' : `${grouped(count)} ${printable(name.replace('_', ' '))}${many}`;
}

function loadNotes({ sent, ok, dropped, latencyMs }: KeptLoad): string[] {
  return [
    `${grouped(sent)} sent`,
    ok === sent ? '' : `${grouped(sent - ok)} not as expected`,
    dropped === 0 ? '' : `${grouped(dropped)} dropped`,
    latencyMs === null ? '' : `p99 ${milliseconds(latencyMs.p99)}`,
  ];
}

/** Returns the target of a delivery, in short. */
function placeOf({ target, url }: Pick<LogEntry, 'target' | 'url'>): string {
  if (target !== null) return printable(target);
  const { host, pathname } = new URL(url);
  return excerpt(`${host}${pathname}`, 60);
}

/** `2026-07-31 14:02:11`, by the clock on the wall. */
export function localTime(at: string | number): string {
  const time = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = [time.getFullYear(), two(time.getMonth() + 1), two(time.getDate())].join('-');
  return `${day} ${time.toTimeString().slice(0, 8)}`;
}

/** A delivery of the log with its request, whole, and with the result of each attempt. */
export function logDetails(entry: LogEntry, options: LogListOptions): string {
  const { dot } = marks(options.unicode);
  const { id, attempts, resendOf } = entry;
  const earlier = attempts.slice(0, -1).flatMap((attempt) => {
    const result = attempt.error
      ? `${describeOutcomeOf[attempt.error.kind]} (${attempt.error.code})`
      : `${attempt.status}`;
    const warnings = (attempt.warnings ?? []).map(({ message }) => `    warning: ${printable(message)}`);
    return [
      `  attempt ${attempt.number} ${dot} ${localTime(attempt.startedAt)} ${dot} ${printable(result)} ${dot} ${milliseconds(attempt.timing.totalMs)}`,
      ...warnings,
    ];
  });
  return [
    logLine(entry, options),
    `  delivery ${printable(id)}`,
    ...(resendOf ? [`  sent before as ${resendOf.slice(0, shownKey)}`] : []),
    '',
    ...requestLines(entry, dot),
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
