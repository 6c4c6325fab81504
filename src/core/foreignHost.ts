import { isIP } from 'node:net';
import { addressFor, proxyFor } from './proxyFor.js';
import type { Route } from './route.js';
import { isLoopback } from './target.js';

/**
 * Returns the host on another machine that a route leads to, as messages name it; null where a request to a URL stays on this one. Through a proxy it
 * is the proxy that connects: even a loopback address is then the proxy's own, and this machine's only where the proxy runs on it.
 */
export function foreignHost(route: Route, text: string): string | null {
  if (route.socketPath !== null) return null;
  const url = new URL(text);
  const address = addressFor(route, url);
  const name = address === null ? url.hostname : `${url.hostname} (${address})`;
  if (!isLoopback(address === null ? url.hostname : toHostname(address))) return name;
  const proxy = proxyFor(route, url);
  if (proxy === null) return null;
  const { hostname } = new URL(proxy);
  return isLoopback(hostname) ? null : `${name} through the proxy ${hostname}`;
}

/** An IP address as `URL.hostname` writes it; an IPv6 one without its zone. */
function toHostname(address: string): string {
  return isIP(address) === 6 ? new URL(`http://[${address.replace(/%.*/s, '')}]`).hostname : address;
}
