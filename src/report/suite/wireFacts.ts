import type { Attempt } from '../../core/attempt.js';
import type { CaseEnded } from '../../core/check.js';
import { excerpt, printable } from '../../core/printable.js';
import { type DeliveryEnded, isOddOnTheWire } from '../../core/run.js';
import type { ResultEnded } from '../../core/suite.js';
import { phases } from '../run/details.js';
import { bodySize, bodyText } from '../shared/bodySize.js';
import { grouped, milliseconds } from '../shared/words.js';

/** Deliveries of one result that are reported. */
const maxDeliveries = 20;
/** Characters of an answer that are reported. */
const answerLimit = 500;

/** Safe lines on what was not as expected on the wire: status, timing and answer of each attempt; for a check its cases. */
export function wireFacts({ deliveries, check }: ResultEnded): string[] {
  const cases = check?.cases.filter(({ verdict }) => verdict === 'finding' || verdict === 'remark').map(caseLine) ?? [];
  const wrong = deliveries.filter((each) => (check ? isOddOnTheWire(each) : !each.ok || isOddOnTheWire(each)));
  const left = wrong.length - maxDeliveries;
  const lines = wrong.slice(0, maxDeliveries).flatMap(deliveryLines);
  return [...cases, ...lines, ...(left > 0 ? [`… and ${grouped(left)} more deliveries`] : [])];
}

function caseLine({ name, verdict, sent, observed, reason }: CaseEnded): string {
  return printable(`${name} (${verdict}): sent: ${sent}; observed: ${observed}; ${reason}`);
}

/** Returns whether the delivery has something to report though all is as expected. */
export function hasOddities({ deliveries }: ResultEnded): boolean {
  return deliveries.some(isOddOnTheWire);
}

function deliveryLines({ delivery, attempts }: DeliveryEnded): string[] {
  const request = `${delivery.method} ${printable(delivery.url)}`;
  return attempts.flatMap((attempt) => [
    `${request}: ${attempt.status ?? attempt.error?.code ?? 'no answer'} ${formatTimings(attempt)}`,
    ...(attempt.error ? [`  ${printable(attempt.error.message)}`] : []),
    ...(attempt.warnings ?? []).map(({ message }) => `  warning: ${printable(message)}`),
    ...answerLine(attempt),
  ]);
}

function formatTimings({ timing }: Attempt): string {
  const steps = phases.flatMap(([key, word]) => {
    const ms = timing[key];
    return ms === null ? [] : [`${word} ${milliseconds(ms)}`];
  });
  return `in ${milliseconds(timing.totalMs)}${steps.length > 0 ? ` (${steps.join(', ')})` : ''}`;
}

function answerLine({ response }: Attempt): string[] {
  if (!response || response.body.length === 0) return [];
  const text = bodyText(response.body, response.truncated);
  return [`  answer: ${text === null ? `${bodySize(response)}, not UTF-8` : excerpt(text, answerLimit)}`];
}
