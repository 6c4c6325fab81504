import { formatDuration, parseDuration } from '../../core/duration.js';
import { printable } from '../../core/printable.js';
import type { Provider } from '../../core/provider.js';
import type { Disabled, RunEnded } from '../../core/run.js';
import { grouped } from '../shared/words.js';

/** Sentences on where the provider would have stopped sending, and what was not sent for that. */
export function disabledLines({ disabled = [], withheld = 0 }: RunEnded, { title }: Pick<Provider, 'title'>): string[] {
  const lines = disabled.map((each) => (each.isCertain ? describeCertain(each, title) : describePossible(each, title)));
  if (withheld === 0) return lines;
  const what = withheld === 1 ? '1 delivery was' : `${grouped(withheld)} deliveries were`;
  return [...lines, `${what} not sent for that.`];
}

function describeCertain(disabled: Disabled, title: string): string {
  const { by, afterConsecutiveFailures: limit, event } = disabled;
  const of = event === null ? '' : ` of ${printable(event)}`;
  if (limit === null)
    return `${title} would have ${by === 'circuit' ? 'opened the circuit' : 'disabled the endpoint'}${of}: ${reasonOf(disabled)}.`;
  return by === 'circuit'
    ? `${title} would have opened the circuit${of} after ${limit} consecutive failures, and called no more until it is reset.`
    : `${title} would have disabled the endpoint${of}: ${limit} consecutive failures.`;
}

function reasonOf({ afterFailing, onStatus }: Disabled): string {
  if (afterFailing !== undefined) return `no success for ${formatDuration(parseDuration(afterFailing, 'disabling'))}`;
  return onStatus === undefined ? 'a failure that it takes for the end' : `an answer of ${onStatus}`;
}

/** Describes a possible disabling, where the provider does not say whether each retry counts. */
function describePossible(
  { by, afterConsecutiveFailures: limit, attemptCount, deliveries }: Disabled,
  title: string,
): string {
  const what = by === 'circuit' ? 'opens the circuit' : 'disables the endpoint';
  const were = `${attemptCount} attempts in a row failed, ${deliveries} ${deliveries === 1 ? 'delivery' : 'deliveries'} given up`;
  return `${title} ${what} after ${limit} consecutive failures and does not say whether each retry counts: if so, it would have (${were}).`;
}
