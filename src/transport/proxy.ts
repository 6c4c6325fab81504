import { isIP } from 'node:net';
import { addressFor, portOf } from '../core/proxyFor.js';
import type { Route } from '../core/route.js';
import type { Endpoint, PeerLabel } from './endpoint.js';

/** A proxy that could not be reached, or that rejected its request; the message is a sentence for people. */
export class ProxyFailure extends Error {
  constructor(
    readonly code: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** A proxy that answered in place of the target. */
export function rejection({ spot, asking, authorization }: ProxyPlace, status: number): ProxyFailure {
  if (status !== 407) {
    return new ProxyFailure('PROXY_REFUSED', `${spot.address} opened no way${asking.onward}: it answered ${status}`);
  }
  const sentence = authorization
    ? 'does not take the user name and password in its URL'
    : 'asks for a user name and password, which go into its URL';
  return new ProxyFailure('PROXY_AUTHENTICATION', `${spot.address} ${sentence}: it answered 407`);
}

const gatewayStatuses = new Set([407, 502, 504]);
const ownError = /^x-squid-error$/i;

/**
 * Returns whether an answer to a forwarded request is the proxy's own: by its status, or because it says so (Squid's header, or `error=` in
 * Proxy-Status, RFC 9209). A receiver behind its own gateway was not reached either.
 */
export function isOwnAnswer(status: number, rawHeaders: readonly Buffer[]): boolean {
  if (gatewayStatuses.has(status)) return true;
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]!.toString('latin1');
    if (ownError.test(name)) return true;
    if (/^proxy-status$/i.test(name) && /;\s*error=/i.test(rawHeaders[i + 1]!.toString('latin1'))) return true;
  }
  return false;
}

/** A proxy, and the request to it. */
export interface ProxyPlace {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  /** The value of Proxy-Authorization; null where its URL holds no user name. */
  readonly authorization: string | null;
  /** `host:port` of the tunnel to open; null where the proxy forwards whole requests. */
  readonly tunnel: string | null;
  /** The peer that messages name before the proxy is reached, and while it is asked. */
  readonly spot: PeerLabel;
  readonly asking: PeerLabel;
}

/**
 * Returns how to use a proxy: with a tunnel where it must not read or change what goes through it, which are TLS, an address that is not that of the
 * URL's host, and a Host header that is not the URL's (a proxy writes that one itself: RFC 9112, 3.2.2).
 */
export function readProxy(text: string, place: Endpoint, route: Route): ProxyPlace {
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
