import type { Attempt } from '../core/attempt.js';
import type { DeliveryEnded } from '../core/run.js';

/** The result of a case, as a finding has it. */
interface WithDeliveries {
  readonly ended: { readonly deliveries: readonly DeliveryEnded[] };
}

/** The attempt that decided on a delivery. */
export function lastAttempt({ attempts }: DeliveryEnded): Attempt {
  return attempts.at(-1)!;
}

/** The attempts that were not answered with 2xx. */
export function failedAttempts(cases: readonly WithDeliveries[]): Attempt[] {
  return cases
    .flatMap(({ ended }) => ended.deliveries)
    .filter(({ outcome }) => outcome !== 'accepted')
    .map(lastAttempt);
}

/** The statuses that are not 2xx, each once. */
export function failedStatuses(cases: readonly WithDeliveries[]): number[] {
  return [...new Set(failedAttempts(cases).flatMap(({ status, error }) => (error ? [] : (status ?? []))))].sort();
}

/** Describes a failure as a sentence without its full stop: `An empty body is answered with 500`. */
export function describeFailure(
  subject: string,
  cases: readonly WithDeliveries[],
  as: 'one' | 'many' | 'log' = 'one',
): string {
  const attempts = failedAttempts(cases).filter(({ status, error }) => error !== null || (status ?? 0) >= 300);
  const [is, gets] = as === 'many' ? ['are', 'get'] : ['is', 'gets'];
  // Among several kinds of answers, failures say most.
  const statuses = failedStatuses(cases);
  const worst = statuses.some((status) => status >= 500) ? statuses.filter((status) => status >= 500) : statuses;
  if (as === 'log')
    return worst.length > 0 ? `${subject} answers ${worst.join(' and ')}` : `${subject} does not answer`;
  if (worst.length > 0) return `${subject} ${is} answered with ${worst.join(' and ')}`;
  return attempts.length > 0 && attempts.every(({ error }) => error?.kind === 'timed_out')
    ? `${subject} ${is} not answered in time`
    : `${subject} ${gets} no answer: the connection ends`;
}

/** Returns the reason why 5xx, silence or the end of a connection matters, for those that occurred. */
export function failureImpact(cases: readonly WithDeliveries[]): string {
  const attempts = failedAttempts(cases).filter(({ status, error }) => error !== null || (status ?? 0) >= 500);
  const isSilence = attempts.every(({ error }) => error?.kind === 'timed_out');
  const isDropped = attempts.every(({ error }) => error !== null && error.kind !== 'timed_out');
  const what = isSilence ? 'silence' : isDropped ? 'a connection that ends without an answer' : '5xx';
  return `A provider takes ${what} as an outage: it sends again, and may disable the webhook.`;
}

/** Returns advice for 502, 503 and 504, which proxies answer in place of a receiver; null for other answers. */
export function gatewayAdvice(statuses: readonly number[]): string | null {
  if (statuses.includes(502))
    return '502 is what a proxy answers where the program behind it does not run, or ends the connection: see whether it runs, where the proxy sends to, and what its log says.';
  if (statuses.includes(504))
    return '504 is what a proxy answers where the program behind it does not answer in time: see whether it runs, where the proxy sends to, and what its log says.';
  return statuses.includes(503)
    ? '503 says that the receiver, or a proxy before it, takes no requests now: see whether the program runs, and what its log says.'
    : null;
}
