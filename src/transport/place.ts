/** Where a URL leads, in the parts that a transport needs. */
export interface Place {
  /** As undici takes it: scheme, host and port. */
  readonly origin: string;
  readonly hostname: string;
  /** `host:port`, the port named even where it is the usual one; what messages say. */
  readonly address: string;
  readonly path: string;
}

/** The parts of an http: or https: URL. */
export function placeOf(url: string): Place {
  const { origin, protocol, hostname, port, pathname, search } = new URL(url);
  const address = `${hostname}:${port === '' ? usualPort(protocol) : port}`;
  return { origin, hostname, address, path: pathname + search };
}

/** The port of a protocol where an address names none. */
export function usualPort(protocol: string): number {
  return protocol === 'https:' ? 443 : 80;
}
