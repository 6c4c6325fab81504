import { readPublicUrl } from '../../config/address.js';
import type { Project } from '../../config/project.js';
import { type ChosenTarget, chooseTarget, targetNames } from '../../config/target.js';
import { UsageError } from '../../core/errors.js';
import type { LogEntry } from '../../core/logEntry.js';
import { fitsMasked, maskAddress } from '../../core/secretParameters.js';
import { demoTarget } from '../../core/target.js';
import { splitCredentials } from '../../delivery/source.js';
import type { ConnectionValues } from '../../options/connection.js';
import type { NameOf } from '../../options/option.js';
import type { ResendValues } from '../../options/resend.js';

/** The target of kept deliveries. */
export interface ResendTarget {
  readonly target: ChosenTarget;
  /** The connection options that they need. */
  readonly way: Omit<ConnectionValues, 'nameOf'>;
  /** The URL of one, with the user name and password that the target has; `open` is what the target has once it is opened. */
  readonly urlFor: (entry: LogEntry, open: ChosenTarget['urlFor']) => string;
}

/** The target that is named, else the one that they went to. Throws a UsageError where that is no longer the same. */
export function resendTarget(project: Project, given: ResendValues, deliveries: readonly LogEntry[]): ResendTarget {
  const opened: ResendTarget['urlFor'] = ({ provider, event }, open) => open({ provider, event });
  if (given.to !== undefined) return { target: chooseTarget(project, given), way: {}, urlFor: opened };
  const only = requireOneTarget(deliveries, given.nameOf);
  const { target: name, url } = only;
  const { publicUrl } = given;
  if (name === null) {
    const typed =
      publicUrl === undefined ? {} : { publicUrlFor: readPublicUrl(publicUrl.trim(), given.nameOf('publicUrl')) };
    const target = withKeptPublicUrl(
      { name, address: url, urlFor: () => url, options: {}, ...typed },
      given,
      deliveries,
    );
    return { target, way: typedConnection(only, target), urlFor: (entry) => entry.url };
  }
  if (!targetNames(project).includes(name)) {
    throw new UsageError(
      'UNKNOWN_TARGET',
      `It went to the target ${name}, which the config no longer has. Name a target: ${given.nameOf('to')}.`,
    );
  }
  const target = withKeptPublicUrl(
    chooseTarget(project, { to: name, publicUrl, nameOf: given.nameOf }),
    given,
    deliveries,
  );
  if (name === demoTarget) return { target, way: {}, urlFor: opened };
  const urlFor: ResendTarget['urlFor'] = (entry) => {
    const now = target.urlFor({ provider: entry.provider, event: entry.event });
    if (fitsMasked(splitCredentials(now).url, entry.url)) return now;
    throw new UsageError(
      'TARGET_MOVED',
      `It went to ${entry.url}, but the target ${name} is at ${maskAddress(now)} now. Name a target: ${given.nameOf('to')} ${name}, or the URL.`,
    );
  };
  return { target, way: {}, urlFor };
}

/** The target, by the address by which the provider knew it unless another is typed. */
function withKeptPublicUrl(
  target: ChosenTarget,
  { publicUrl }: ResendValues,
  deliveries: readonly LogEntry[],
): ChosenTarget {
  const known = deliveries.filter((entry) => entry.publicUrl !== null);
  if (publicUrl !== undefined || known.length === 0) return target;
  return {
    ...target,
    publicUrlFor: ({ provider, event }) =>
      (known.find((entry) => entry.provider === provider && entry.event === event) ?? known[0]!).publicUrl!,
  };
}

/** Returns the connection options that were typed for a delivery and that the target's config does not give. */
function typedConnection(
  { unixSocket, resolve }: LogEntry,
  { options }: ChosenTarget,
): Omit<ConnectionValues, 'nameOf'> {
  return {
    ...(unixSocket !== null && options.unixSocket === undefined && { unixSocket }),
    ...(Object.keys(resolve).length > 0 && options.resolve === undefined && { resolve }),
  };
}

/** One of the deliveries, where all went the same way. */
function requireOneTarget(deliveries: readonly LogEntry[], nameOf: NameOf): LogEntry {
  const ways = deliveries.map(({ target, url, unixSocket, resolve }) =>
    JSON.stringify([target ?? new URL(url).origin, unixSocket, resolve]),
  );
  if (new Set(ways).size === 1) return deliveries[0]!;
  const places = [...new Set(deliveries.map(({ target, url }) => target ?? new URL(url).host))];
  throw new UsageError(
    'SEVERAL_TARGETS',
    `They went to different targets, ${places.join(' and ')}. Send them one after the other, or all to one with ${nameOf('to')}.`,
  );
}
