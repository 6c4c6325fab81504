import type { NameOf } from './errors.js';

/** The route to a target: the certificates that TLS trusts and shows, and the proxy, socket and address on the way. */
export interface Route {
  /** PEM texts of authorities that are trusted besides those that this machine trusts anyway. */
  readonly ca: readonly string[] | null;
  /** The sender's own certificate as PEM, for a target that asks for one. */
  readonly cert: string | null;
  /** The private key of `cert` as PEM. */
  readonly key: string | null;
  /** True to take whatever certificate the target shows. */
  readonly insecure: boolean;
  /** The name that TLS asks for and that the certificate must hold, in place of the URL's host. */
  readonly servername: string | null;
  /** URL of an HTTP or HTTPS proxy, with user name and password where it needs them. */
  readonly proxy: string | null;
  /** Hosts that are reached without the proxy, as `isExcepted` reads them. */
  readonly noProxy: readonly string[];
  /** A unix socket to connect to, whatever the URL's host and port. */
  readonly socketPath: string | null;
  /** IP addresses by `host` or `host:port`, in place of those of a name server. */
  readonly resolve: Readonly<Record<string, string>>;
  /** The Host header, in place of the URL's host and port; TLS asks for the same name. */
  readonly hostHeader: string | null;
  /** False to open a connection for each delivery, which ends with its answer. */
  readonly keepAlive: boolean;
}

/** A route, with the spelling of its options. */
export interface NamedRoute extends Route {
  readonly nameOf: NameOf;
}

/** Direct to the URL's host, with the certificates that this machine trusts. */
export const directRoute: Route = {
  ca: null,
  cert: null,
  key: null,
  insecure: false,
  servername: null,
  proxy: null,
  noProxy: [],
  socketPath: null,
  resolve: {},
  hostHeader: null,
  keepAlive: true,
};

/** Returns whether a route is the direct one, whatever its options are called. */
export function isDirect(route: Route): boolean {
  return Object.entries(directRoute).every(([key, value]) => route[key as keyof Route] === value);
}
