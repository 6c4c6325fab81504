import { resolve } from 'node:path';
import type { TargetConfig } from '../../config/config.js';
import type { Project } from '../../config/project.js';
import type { ChosenTarget } from '../../config/target.js';
import { directRoute, type NamedRoute, type Route } from '../../core/route.js';
import { secretsInAddress } from '../../core/secretParameters.js';
import type { World } from '../../core/world.js';
import type { ConnectionValues } from '../../options/connection.js';
import { readHosts } from '../../options/readers.js';
import { withOptions } from '../../options/readOptions.js';

const keys = ['insecure', 'cacert', 'cert', 'key', 'proxy', 'unixSocket', 'resolve', 'keepAlive'] as const;
const anyEvent = { provider: 'provider', event: 'event' } as const;
const proxyVariables = ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'];

/**
 * Reads how to get to a URL (null: the built-in receiver) from options, files and the environment.
 * Throws a UsageError for the first thing that is wrong with them.
 */
export async function readRoute(options: ConnectionValues, io: World, url: string | null): Promise<NamedRoute> {
  if (keys.every((key) => options[key] === undefined) && !proxyVariables.some((name) => io.env[name])) {
    return { ...directRoute, nameOf: options.nameOf };
  }
  const { routeFrom } = await import('./routeFrom.js');
  return routeFrom(options, io, url);
}

/** The target to find the route to. */
export interface RouteRequest {
  readonly project: Project;
  readonly target: ChosenTarget;
  readonly options: ConnectionValues;
  /** The route as values, in place of the options. */
  readonly route?: Partial<Route> | undefined;
}

/** Returns the options, completed with the connection options of the target in the config. */
export function withRoute<T extends ConnectionValues>(options: T, project: Project, target: ChosenTarget): T {
  return withOptions<T>(configured(target, project) as Partial<T> & ConnectionValues, options);
}

/** The way to a target by the options of `withRoute`, and then the environment. Throws a UsageError. */
export async function projectRoute({ target, options, route: given }: RouteRequest, io: World): Promise<NamedRoute> {
  const url = target.address === null ? null : target.urlFor(anyEvent);
  const addresses = [url, target.publicUrlFor?.(anyEvent) ?? null].filter((address) => address !== null);
  io.secrets.add(addresses.flatMap((address) => secretsInAddress(address)));
  if (given) return { ...directRoute, ...given, nameOf: options.nameOf };
  const route = await readRoute(options, io, url);
  if (route.proxy !== null) io.secrets.add(passwordsIn(route.proxy));
  const { host } = target.options;
  return host === undefined ? route : { ...route, hostHeader: host };
}

/** The password of a proxy, as it is written and as it is meant. */
function passwordsIn(proxy: string): string[] {
  const { password } = new URL(proxy);
  return [password, decodeURIComponent(password)];
}

/** Returns the connection options of a target in the config; its paths start from the config's folder. */
function configured({ name, options }: ChosenTarget, { file, folder }: Project): ConnectionValues {
  const { insecure, cacert, cert, key, proxy, unixSocket, resolve: hosts, keepAlive }: Partial<TargetConfig> = options;
  const place = `${file}: targets.${name}`;
  const path = (text: string | undefined) => (text === undefined ? undefined : resolve(folder, text));
  const found = {
    insecure: insecure === true ? insecure : undefined,
    cacert: path(cacert),
    cert: path(cert),
    key: path(key),
    proxy,
    unixSocket: path(unixSocket),
    keepAlive,
    resolve: hosts && readHosts(hosts, `${place}.resolve`),
  };
  return {
    ...Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined)),
    nameOf: (option) => `${place}.${option}`,
  };
}
