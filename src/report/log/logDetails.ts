import { type LogEntry, shownKey } from '../../core/logEntry.js';
import { printable } from '../../core/printable.js';
import { answerDetails } from '../run/details.js';
import { describeOutcomeOf, grouped, marks, milliseconds } from '../shared/words.js';
import { type LogListOptions, localTime, logLine } from './logList.js';

/** A delivery of the log with its request, whole, and with the result of each attempt. */
export function logDetails(kept: LogEntry, options: LogListOptions): string {
  const { dot } = marks(options.unicode);
  const { id, attempts, resendOf } = kept;
  const earlier = attempts.slice(0, -1).flatMap((attempt) => {
    const came = attempt.error
      ? `${describeOutcomeOf[attempt.error.kind]} (${attempt.error.code})`
      : `${attempt.status}`;
    const warnings = (attempt.warnings ?? []).map(({ message }) => `    warning: ${printable(message)}`);
    return [
      `  attempt ${attempt.number} ${dot} ${localTime(attempt)} ${dot} ${printable(came)} ${dot} ${milliseconds(attempt.timing.totalMs)}`,
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
