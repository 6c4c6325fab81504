import { proxyFor } from '../../core/proxyFor.js';
import type { Route } from '../../core/route.js';
import type { Io } from '../io/io.js';

/** Says on stderr what is not as usual on the way to a URL; that TLS verifies nothing is said to a quiet run too. */
export function announceRoute(route: Route, url: string, io: Io, quiet: boolean): void {
  if (route.insecure) io.stderr.write('Warning: TLS certificates are not verified (--insecure).\n');
  if (quiet || route.proxy === null) return;
  const target = new URL(url);
  // Without user name and password.
  const proxy = new URL(route.proxy).host;
  const line = proxyFor(route, target)
    ? `Through the proxy ${proxy}`
    : `Not through the proxy ${proxy}: ${target.hostname} is this machine`;
  io.stderr.write(`${line}\n`);
}
