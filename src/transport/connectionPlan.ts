import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Header } from '../core/delivery.js';
import { addressFor, proxyFor } from '../core/proxyFor.js';
import type { NamedRoute } from '../core/route.js';
import type { Endpoint, PeerLabel } from './endpoint.js';
import { type ProxyPlace, readProxy } from './proxy.js';

/** Opens a connection in memory, to a receiver that runs in the same process as this. */
export type Dial = (place: Endpoint) => Duplex;

/** The route to one origin. */
export interface ConnectionPlan {
  readonly route: NamedRoute;
  readonly place: Endpoint;
  /** The endpoint of the first connection. */
  readonly first: { readonly host: string; readonly port: number } | { readonly path: string };
  /** True when its name is looked up. */
  readonly named: boolean;
  readonly proxy: ProxyPlace | null;
  /** Whom messages name once the way is open. */
  readonly spot: PeerLabel;
  /** In place of all that: a connection in memory. */
  readonly dial: Dial | null;
}

export function planConnection(place: Endpoint, route: NamedRoute, dial: Dial | null = null): ConnectionPlan {
  const { socketPath } = route;
  if (dial) {
    const spot = { ...place, address: 'the handler' };
    return { route, place, first: place, named: false, proxy: null, spot, dial };
  }
  if (socketPath !== null) {
    const spot = { ...place, address: `the unix socket ${socketPath}` };
    return { route, place, first: { path: socketPath }, named: false, proxy: null, spot, dial };
  }
  const url = new URL(place.origin);
  const proxyUrl = proxyFor(route, url);
  const proxy = proxyUrl === null ? null : readProxy(proxyUrl, place, route);
  const host = proxy?.host ?? addressFor(route, url) ?? place.host;
  const spot = proxy ? { ...place, address: `${place.address} (through ${proxy.spot.address})` } : place;
  return { route, place, first: { host, port: proxy?.port ?? place.port }, named: !isIP(host), proxy, spot, dial };
}

/** Returns the target of the request line: the whole URL for a proxy that forwards requests, else the path. */
export function requestTarget({ proxy }: ConnectionPlan, { origin, path }: Endpoint): string {
  return proxy && proxy.tunnel === null ? origin + path : path;
}

/** The headers of a request by this way: those of the delivery, which has the last word, and those that are for the way. */
export function requestHeaders({ route, proxy }: ConnectionPlan, headers: readonly Header[]): string[] {
  const flat = headers.flat();
  if (route.hostHeader !== null && !headers.some(([name]) => name.toLowerCase() === 'host')) {
    flat.unshift('Host', route.hostHeader);
  }
  if (proxy?.authorization && proxy.tunnel === null) flat.push('Proxy-Authorization', proxy.authorization);
  return flat;
}
