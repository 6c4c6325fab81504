import type { Attempt } from '../../core/attempt.js';
import { cutDeliberately } from '../../core/fault.js';
import type { Outcome } from '../../core/outcome.js';

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
  return unicode ? { ok: '✓', bad: '✗', none: '---', dot: '·' } : { ok: 'ok', bad: 'FAIL', none: '---', dot: '|' };
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

/** Why a delivery is not ok, in a word or two. */
export function phrase(outcome: Outcome, attempt: Attempt, forge: string | null = null): string {
  if (forge !== null && outcome === 'accepted') return 'a forgery was accepted';
  if (forge !== null && outcome === 'rejected') return 'a forgery was not rejected with 4xx';
  if (outcome === 'accepted') return 'accepted, which was not expected';
  if (attempt.error?.code === cutDeliberately) return 'cut deliberately';
  return attempt.error ? `${describeOutcomeOf[outcome]} (${attempt.error.code})` : describeOutcomeOf[outcome];
}
