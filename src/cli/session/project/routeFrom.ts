import { resolve } from 'node:path';
import { UsageError } from '../../../core/errors.js';
import { directRoute, type Route } from '../../../core/route.js';
import type { Io } from '../../io/io.js';
import type { RouteFlags } from '../../options/flags/route.js';
import { chooseProxy } from './proxyChoice.js';
import { parseResolve } from './resolveFlag.js';
import { readTrust } from './trust.js';

/** The route that flags and environment describe; `readRoute` is the way in. */
export async function routeFrom(flags: RouteFlags, io: Io, url: string | null): Promise<Route> {
  const route: Route = {
    ...directRoute,
    ...(await readTrust(flags, io)),
    insecure: flags.insecure ?? false,
    keepAlive: flags.keepAlive ?? true,
    socketPath: socketPath(flags, io, url),
    resolve: Object.fromEntries((flags.resolve ?? []).map(parseResolve)),
  };
  const proxy = chooseProxy(flags.proxy, io.env, url === null ? null : new URL(url), route);
  return { ...route, ...proxy };
}

/** What the system keeps of the path of a socket. */
const longestPath = 103;

function socketPath({ unixSocket, proxy }: RouteFlags, io: Io, url: string | null): string | null {
  if (unixSocket === undefined) return null;
  const wrong = (what: string) => new UsageError('BAD_SOCKET', `--unix-socket: ${what}`);
  if (unixSocket === '') throw wrong('the path is empty.');
  if (/[\0-\x1f\x7f-\x9f]/.test(unixSocket)) throw wrong('the path holds a control character.');
  if (url === null) throw wrong('the built-in receiver has none. Give the URL of your receiver with --to.');
  if (proxy !== undefined && proxy !== 'none') throw wrong('no proxy leads to it. Give it or --proxy.');
  const path = resolve(io.cwd, unixSocket);
  if (Buffer.byteLength(path) > longestPath) {
    throw wrong(`the path is longer than the ${longestPath} bytes that every system allows: ${path}`);
  }
  return path;
}
