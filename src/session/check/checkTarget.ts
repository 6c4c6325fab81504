import { type ChosenTarget, isRemoteAllowed } from '../../config/target.js';
import { UsageError } from '../../core/errors.js';
import { foreignHost } from '../../core/foreignHost.js';
import type { Route } from '../../core/route.js';
import type { CheckValues } from '../../options/check.js';

/** Throws a UsageError where a route leads to a receiver on another machine without the user's consent. */
export function assertLocalTarget(
  target: ChosenTarget,
  route: Route,
  options: Pick<CheckValues, 'allowRemote' | 'nameOf'>,
): void {
  if (options.allowRemote || isRemoteAllowed(target)) return;
  const foreign = foreignHostOf(target, route);
  if (foreign === null) return;
  throw new UsageError(
    'NOT_YOURS',
    `A check attacks the receiver, and ${foreign} is not this machine. If you are allowed to attack it, add ${options.nameOf('allowRemote')}, or set "allowRemote: true" for the target in the config.`,
  );
}

/** Returns whom a route leads to on another machine; null for this one, which the built-in receiver is on. */
export function foreignHostOf(target: ChosenTarget, route: Route): string | null {
  return target.address === null ? null : foreignHost(route, target.urlFor({ provider: 'provider', event: 'event' }));
}
