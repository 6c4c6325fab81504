import { closedWhileIdle } from '../../core/attempt.js';
import { printable } from '../../core/printable.js';
import type { DeliveryEnded, RunEnded, RunWarning } from '../../core/run.js';
import { grouped } from './words.js';

type Sent = Pick<DeliveryEnded, 'attempts'>;

/** What was odd on the wire about a delivery: attempts that were repeated at once, and warnings; safe lines. */
export function describeOddities({ attempts }: Sent): string[] {
  return attempts.flatMap(({ number, error, warnings = [] }) => [
    ...(error?.code === closedWhileIdle ? [printable(`attempt ${number} (${error.code}): ${error.message}`)] : []),
    ...warnings.map(({ code, message }) => printable(`warning (${code}): ${message}`)),
  ]);
}

/** A warning that is reported by itself, as one safe line. */
export function describeWarning({ code, id, message }: RunWarning): string {
  const about = id === null ? '' : ` on delivery ${id}`;
  return printable(`Warning (${code})${about}: ${message}`);
}

/** How often that was, in a few words; none where nothing was odd. */
export function countOddities({ resent = 0, warnings = 0 }: Pick<RunEnded, 'resent' | 'warnings'>): string[] {
  return [
    ...(resent > 0 ? [`${grouped(resent)} sent again`] : []),
    ...(warnings > 0 ? [`${grouped(warnings)} ${warnings === 1 ? 'warning' : 'warnings'}`] : []),
  ];
}
