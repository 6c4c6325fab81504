import { portOf } from '../core/proxyFor.js';

/** The peer that a message names: the one at the other end, or the proxy in between. */
export interface PeerLabel {
  readonly hostname: string;
  /** `host:port`, the port named even where it is the usual one. */
  readonly address: string;
  /** ` to host:port` where it is asked to connect further; else empty. */
  readonly onward: string;
}

/** The parts of a URL that a transport needs. */
export interface Endpoint extends PeerLabel {
  /** As undici takes it: scheme, host and port. */
  readonly origin: string;
  /** The host without the brackets of an IPv6 address. */
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  readonly path: string;
}

/** The parts of an http: or https: URL. */
export function parseEndpoint(text: string): Endpoint {
  const url = new URL(text);
  const { origin, hostname, pathname, search } = url;
  const port = portOf(url);
  return {
    origin,
    hostname,
    host: hostname.replace(/^\[|\]$/g, ''),
    port,
    address: `${hostname}:${port}`,
    onward: '',
    secure: url.protocol === 'https:',
    path: pathname + search,
  };
}
