import { directRoute, type Route } from '../../core/route.js';
import type { World } from '../../core/world.js';
import type { ConnectionValues } from '../../options/connection.js';

const keys = ['insecure', 'cacert', 'cert', 'key', 'proxy', 'unixSocket', 'resolve', 'keepAlive'] as const;
const proxyVariables = ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'];

/**
 * Reads how to get to a URL (null: the built-in receiver) from options, files and the environment.
 * Throws a UsageError for the first thing that is wrong with them.
 */
export async function readRoute(options: ConnectionValues, io: World, url: string | null): Promise<Route> {
  if (keys.every((key) => options[key] === undefined) && !proxyVariables.some((name) => io.env[name])) {
    return directRoute;
  }
  const { routeFrom } = await import('./routeFrom.js');
  return routeFrom(options, io, url);
}
