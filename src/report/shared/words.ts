import { type Attempt, closedWhileIdle, cutDeliberately, type Outcome } from '../../core/attempt.js';
import { printable } from '../../core/printable.js';
import type { DeliveryEnded, RunEnded, RunWarning } from '../../core/run.js';

/** Outcomes as a person reads them. */
export const describeOutcomeOf: Record<Outcome, string> = {
  accepted: 'accepted',
  rejected: 'rejected',
  timed_out: 'timed out',
  broken: 'broken answer',
  unreachable: 'unreachable',
};

/** The signs of a report, in what the terminal can show. */
export function marks(unicode: boolean) {
  return unicode
    ? { ok: '✓', bad: '✗', unknown: '?', none: '---', dot: '·' }
    : { ok: 'ok', bad: 'FAIL', unknown: 'note', none: '---', dot: '|' };
}

/** A whole number with commas between its thousands; Intl would cost more time than a short command takes. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** `0.42 ms`, `7.3 ms`, `512 ms`, `10,003 ms`: as many digits as are worth reading. */
export function milliseconds(ms: number): string {
  const digits = ms < 1 ? 2 : ms < 100 ? 1 : 0;
  const [whole = '', fraction] = String(Number(ms.toFixed(digits))).split('.');
  return `${grouped(Number(whole))}${fraction ? `.${fraction}` : ''} ms`;
}

/** Returns why a delivery is not ok, in a word or two. */
export function shortReason(outcome: Outcome, attempt: Attempt, forge: string | null = null): string {
  if (forge !== null && outcome === 'accepted') return 'a forgery was accepted';
  if (forge !== null && outcome === 'rejected') return 'a forgery was not rejected with 4xx';
  if (outcome === 'accepted') return 'accepted, which was not expected';
  if (attempt.error?.code === cutDeliberately) return 'cut deliberately';
  return attempt.error ? `${describeOutcomeOf[outcome]} (${attempt.error.code})` : describeOutcomeOf[outcome];
}

type Sent = Pick<DeliveryEnded, 'attempts'>;

/** Returns what was odd on the wire about a delivery: attempts that were repeated at once, and warnings; safe lines. */
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

/** Returns how often that was, in a few words; none where nothing was odd. */
export function countOddities({ resent = 0, warnings = 0 }: Pick<RunEnded, 'resent' | 'warnings'>): string[] {
  return [
    ...(resent > 0 ? [`${grouped(resent)} sent again`] : []),
    ...(warnings > 0 ? [`${grouped(warnings)} ${warnings === 1 ? 'warning' : 'warnings'}`] : []),
  ];
}
