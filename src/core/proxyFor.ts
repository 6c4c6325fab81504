import { BlockList, isIP } from 'node:net';
import type { Route } from './route.js';
import { isLoopback } from './target.js';

const family = (ip: string) => (isIP(ip) === 6 ? 'ipv6' : 'ipv4');

/** Returns the proxy through which a route leads to a URL; null where it is direct, as it always is to this machine. */
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

/** Returns the port of an http: or https: URL, by default that of its protocol. */
export function portOf({ port, protocol }: URL): number {
  if (port !== '') return Number(port);
  return protocol === 'https:' ? 443 : 80;
}

/** A host as exceptions are compared with it. */
interface Destination {
  /** As `URL.hostname` writes it. */
  readonly hostname: string;
  readonly port: number;
  /** The IP address that the user says it has; null where a name server will say. */
  readonly address: string | null;
}

/**
 * Returns whether a host is one of the exceptions that NO_PROXY lists: `*`, a name (its subdomains are meant too, with or without a dot or `*.`
 * before it, as curl and Go read it), an IP address, a range such as `10.0.0.0/8`; each name and address with a port or without.
 */
export function isExcepted(exceptions: readonly string[], { hostname, port, address }: Destination): boolean {
  const host = hostname.toLowerCase().replace(/^\[|\]$|\.$/g, '');
  const addresses = [host, address ?? ''].filter((text) => isIP(text) > 0);
  return exceptions.some((text) => {
    if (text === '*') return true;
    const exception = split(text);
    if (exception.port !== null && exception.port !== port) return false;
    const range = parseRange(exception.host);
    if (range) return addresses.some((each) => range.check(each, family(each)));
    const name = exception.host.replace(/^\*?\./, '').replace(/\.$/, '');
    return name !== '' && (host === name || host.endsWith(`.${name}`));
  });
}

function split(text: string): { host: string; port: number | null } {
  const [, bracketed, plain, port] = /^(?:\[([^\]]*)\]|([^:]*))(?::(\d+))?$/.exec(text.toLowerCase()) ?? [];
  return { host: bracketed ?? plain ?? text.toLowerCase(), port: port === undefined ? null : Number(port) };
}

function parseRange(text: string): BlockList | null {
  const [ip = '', prefix] = text.split('/');
  const bits = isIP(ip) === 6 ? 128 : 32;
  const length = prefix === undefined ? bits : Number(prefix);
  if (!isIP(ip) || !/^\d*$/.test(prefix ?? '') || length > bits) return null;
  const range = new BlockList();
  range.addSubnet(ip, length, family(ip));
  return range;
}
