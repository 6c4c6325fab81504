import type { Project } from '../../config/project.js';
import { targetSetting } from '../../config/settings.js';
import { type ChosenTarget, targetNames } from '../../config/target.js';
import { UsageError } from '../../core/errors.js';
import { foreignHost } from '../../core/foreignHost.js';
import type { Route } from '../../core/route.js';

/**
 * Throws a UsageError for a target on another machine that is not in the config: one that another program names itself, such as the page of `ui`, has
 * to be on this machine. `urls` are those that deliveries go to; `otherWay` says how else to send there.
 */
export function assertOwnTarget(
  project: Project,
  target: Pick<ChosenTarget, 'name' | 'address'>,
  route: Route,
  { urls, otherWay }: { readonly urls: readonly string[]; readonly otherWay: string },
): void {
  if (target.address === null || (target.name !== null && targetNames(project).includes(target.name))) return;
  if (targetSetting(project, {}).value?.trim() === target.address) return;
  const foreign = urls.map((url) => foreignHost(route, url)).find((host) => host !== null);
  if (foreign === undefined) return;
  throw new UsageError('FOREIGN_TARGET', `${foreign} is neither this machine nor a target of the config.`, {
    hint: `Add it to the targets of the config to send there, or ${otherWay}`,
  });
}
