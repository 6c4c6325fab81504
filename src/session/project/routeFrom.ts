import { resolve } from 'node:path';
import { UsageError } from '../../core/errors.js';
import { directRoute, type Route } from '../../core/route.js';
import type { World } from '../../core/world.js';
import type { ConnectionValues } from '../../options/connection.js';
import { chooseProxy } from './proxyChoice.js';
import { readTrust } from './trust.js';

/** The route that options and environment describe; `readRoute` is the way in. */
export async function routeFrom(options: ConnectionValues, io: World, url: string | null): Promise<Route> {
  const route: Route = {
    ...directRoute,
    ...(await readTrust(options, io)),
    insecure: options.insecure ?? false,
    keepAlive: options.keepAlive ?? true,
    socketPath: socketPath(options, io, url),
    resolve: options.resolve ?? {},
  };
  const proxy = chooseProxy(options, io.env, url === null ? null : new URL(url), route);
  return { ...route, ...proxy };
}

/** What the system keeps of the path of a socket. */
const longestPath = 103;

function socketPath({ unixSocket, proxy, nameOf }: ConnectionValues, io: World, url: string | null): string | null {
  if (unixSocket === undefined) return null;
  const wrong = (what: string) => new UsageError('BAD_SOCKET', `${nameOf('unixSocket')}: ${what}`);
  if (unixSocket === '') throw wrong('the path is empty.');
  if (/[\0-\x1f\x7f-\x9f]/.test(unixSocket)) throw wrong('the path holds a control character.');
  if (url === null) throw wrong('the built-in receiver has none. Name your receiver as the target.');
  if (proxy !== undefined && proxy !== 'none') throw wrong(`no proxy leads to it. Give it or ${nameOf('proxy')}.`);
  const path = resolve(io.cwd, unixSocket);
  if (Buffer.byteLength(path) > longestPath) {
    throw wrong(`the path is longer than the ${longestPath} bytes that every system allows: ${path}`);
  }
  return path;
}
