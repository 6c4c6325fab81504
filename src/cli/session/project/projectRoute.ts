import { resolve } from 'node:path';
import type { TargetConfig } from '../../../config/config.js';
import type { Project } from '../../../config/project.js';
import type { ChosenTarget } from '../../../config/target.js';
import { UsageError } from '../../../core/errors.js';
import type { Route } from '../../../core/route.js';
import type { Io } from '../../io/io.js';
import type { RouteFlags } from '../../options/flags/route.js';
import { readRoute } from '../../options/route.js';

/** Which way is looked for. */
export interface RouteRequest {
  readonly project: Project;
  readonly target: ChosenTarget;
  readonly flags: RouteFlags;
}

/** A command's flags, with what the config says of the way to a target where none of them does. */
export function withRoute<T extends RouteFlags>(flags: T, project: Project, target: ChosenTarget): T {
  return { ...flags, ...asFlags(target.options, project.folder), ...given(flags) };
}

/** The way to a target by the flags of `withRoute`, and then the environment. Throws a UsageError. */
export async function projectRoute({ project, target, flags }: RouteRequest, io: Io): Promise<Route> {
  const url = target.address === null ? null : target.urlFor({ provider: 'provider', event: 'event' });
  const { host } = target.options;
  try {
    const route = await readRoute(flags, io, url);
    if (route.proxy !== null) io.secrets.add(passwordsIn(route.proxy));
    return host === undefined ? route : { ...route, hostHeader: host };
  } catch (error) {
    const isConfigured = Object.keys(asFlags(target.options, project.folder)).length > 0;
    if (!(error instanceof UsageError) || !isConfigured) throw error;
    throw new UsageError(error.code, `${project.file}: targets.${target.name}: ${error.message}`, { cause: error });
  }
}

/** The password of a proxy, as it is written and as it is meant. */
function passwordsIn(proxy: string): string[] {
  const { password } = new URL(proxy);
  return [password, decodeURIComponent(password)];
}

/** A target's options as if they were typed; its paths start from the config's folder. */
function asFlags(
  { insecure, ca, cert, key, proxy, unixSocket, resolve: hosts, keepAlive }: Partial<TargetConfig>,
  folder: string,
): RouteFlags {
  const file = (path: string | undefined) => (path === undefined ? undefined : resolve(folder, path));
  return given({
    insecure: insecure === true ? insecure : undefined,
    cacert: file(ca),
    cert: file(cert),
    key: file(key),
    proxy,
    unixSocket: file(unixSocket),
    keepAlive,
    resolve: hosts && Object.entries(hosts).map(([name, address]) => `${name}=${address}`),
  });
}

const names = ['insecure', 'cacert', 'cert', 'key', 'proxy', 'unixSocket', 'resolve', 'keepAlive'] as const;

/** Only what is given of the flags of a route. */
function given(flags: { [K in keyof RouteFlags]?: RouteFlags[K] | undefined }): RouteFlags {
  return Object.fromEntries(names.filter((name) => flags[name] !== undefined).map((name) => [name, flags[name]]));
}
