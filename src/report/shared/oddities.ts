import { closedWhileIdle } from '../../core/attempt.js';
import { printable } from '../../core/printable.js';
import type { DeliveryEnded, RunWarning } from '../../core/run.js';

/** What was odd on the wire about a delivery, also one that is ok: attempts that were repeated at once, and warnings; safe lines. */
export function describeOddities({ attempts }: Pick<DeliveryEnded, 'attempts'>): string[] {
  return attempts.flatMap(({ number, error, warnings = [] }) => [
    ...(error?.code === closedWhileIdle ? [printable(`attempt ${number} (${error.code}): ${error.message}`)] : []),
    ...warnings.map(({ code, message }) => printable(`warning (${code}): ${message}`)),
  ]);
}

/** A warning that is told by itself, as one safe line. */
export function describeWarning({ code, id, message }: RunWarning): string {
  const about = id === null ? '' : ` on delivery ${id}`;
  return printable(`Warning (${code})${about}: ${message}`);
}
