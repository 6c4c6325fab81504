import { isExcepted } from './noProxy.js';
import type { Route } from './route.js';
import { isLoopback } from './target.js';

/** The proxy through which a route leads to a URL; null where it leads there straight, as it always does to this machine. */
export function proxyFor(route: Route, url: URL): string | null {
  if (route.proxy === null || route.socketPath !== null || isLoopback(url.hostname)) return null;
  const destination = { hostname: url.hostname, port: portOf(url), address: addressFor(route, url) };
  return isExcepted(route.noProxy, destination) ? null : route.proxy;
}

/** The IP address that a route names for a URL's host; null where a name server will say. */
export function addressFor({ resolve }: Route, url: URL): string | null {
  const key = [`${url.hostname}:${portOf(url)}`, url.hostname].find((name) => Object.hasOwn(resolve, name));
  return key === undefined ? null : resolve[key]!;
}

/** The port of an http: or https: URL, also where it names none. */
export function portOf({ port, protocol }: URL): number {
  if (port !== '') return Number(port);
  return protocol === 'https:' ? 443 : 80;
}
