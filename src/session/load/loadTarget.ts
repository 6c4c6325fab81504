import { type ChosenTarget, isRemoteAllowed } from '../../config/target.js';
import { UsageError } from '../../core/errors.js';
import type { Route } from '../../core/route.js';
import type { LoadValues } from '../../options/load.js';
import { foreignHostOf } from '../check/checkTarget.js';

/** Throws a UsageError for a receiver on another machine without the user's consent: a load can bring it down. */
export function assertMayBeLoaded(
  target: ChosenTarget,
  route: Route,
  options: Pick<LoadValues, 'allowRemote' | 'nameOf'>,
): void {
  if (options.allowRemote || isRemoteAllowed(target)) return;
  const foreign = foreignHostOf(target, route);
  if (foreign === null) return;
  throw new UsageError(
    'NOT_YOURS',
    `A load can bring a receiver down, and ${foreign} is not this machine. If you are allowed to load it, add ${options.nameOf('allowRemote')}, or set "allowRemote: true" for the target in the config.`,
  );
}
