import { isIP } from 'node:net';
import { addressFor, portOf } from '../core/proxyFor.js';
import type { Route } from '../core/route.js';
import type { PeerLabel, UrlPlace } from './place.js';

/** A proxy, and what is asked of it. */
export interface ProxyPlace {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  /** The value of Proxy-Authorization; null where its URL holds no user name. */
  readonly authorization: string | null;
  /** `host:port` that it is asked to open a tunnel to; null where it is given whole requests. */
  readonly tunnel: string | null;
  /** Whom messages name before it is reached, and while it is asked. */
  readonly spot: PeerLabel;
  readonly asking: PeerLabel;
}

/**
 * What a proxy is asked for: a tunnel where what goes through it is not for it to read or to change, which are TLS, an address that is
 * not the one of the URL's host, and a Host header that is not the URL's (a proxy writes that one itself: RFC 9112, 3.2.2).
 */
export function proxyOf(text: string, place: UrlPlace, route: Route): ProxyPlace {
  const url = new URL(text);
  const { hostname, protocol, username, password } = url;
  const port = portOf(url);
  const address = addressFor(route, new URL(place.origin));
  const host = address ?? place.host;
  const tunnelled = place.secure || address !== null || route.hostHeader !== null;
  const spot = { address: `the proxy ${hostname}:${port}`, hostname: `${hostname} (the proxy)`, onward: '' };
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port,
    secure: protocol === 'https:',
    authorization: username || password ? `Basic ${Buffer.from(pair).toString('base64')}` : null,
    tunnel: tunnelled ? `${isIP(host) === 6 ? `[${host}]` : host}:${place.port}` : null,
    spot,
    asking: { ...spot, onward: ` to ${place.address}` },
  };
}
