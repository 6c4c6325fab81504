import { type ChosenTarget, isOwn } from '../config/target.js';
import { UsageError } from '../core/errors.js';
import { isLoopback } from '../core/target.js';

/** Throws a UsageError for a receiver on another machine that nobody says is the user's own. */
export function refuseForeign(target: ChosenTarget, flags: { readonly yes?: true }): void {
  const { address, urlFor, options } = target;
  if (flags.yes || isOwn(target) || address === null || options.unixSocket !== undefined) return;
  const { hostname } = new URL(urlFor({ provider: 'provider', event: 'event' }));
  if (isLoopback(hostname)) return;
  throw new UsageError(
    'NOT_YOURS',
    `A check attacks the receiver, and ${hostname} is not this machine. If it is yours, say --yes, or mark the target with "own: true" in the config.`,
  );
}
