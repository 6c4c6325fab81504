import net from 'node:net';
import tls from 'node:tls';
import type { Route } from '../core/route.js';
import { noteCertificateRequest } from './certificateRequests.js';
import type { ConnectionPlan } from './connectionPlan.js';

const contexts = new WeakMap<Route, tls.SecureContext>();

/** Opens TLS with a target; `asked` is the name in its Host header, if any. */
export function secureTarget(
  base: tls.ConnectionOptions,
  { place, route }: ConnectionPlan,
  hostName: string | null,
): tls.TLSSocket {
  const context = route.ca || route.cert ? (contexts.get(route) ?? buildContext(route)) : undefined;
  if (context) contexts.set(route, context);
  return secure({
    // For the certificate's sake, which is compared with it where there is no server name.
    host: place.host,
    ...base,
    servername: (route.servername ?? hostName) || serverName(place.host),
    ...(context && { secureContext: context }),
    ...(route.insecure && { rejectUnauthorized: false }),
  });
}

/** Opens TLS with a proxy, which never sees the client certificate, and is always verified: it may receive a password. */
export function secureProxy(base: tls.ConnectionOptions & { host: string }, { ca }: Route): tls.TLSSocket {
  const context = ca && { secureContext: buildContext({ ca, cert: null, key: null }) };
  return secure({ ...base, servername: serverName(base.host), ...context });
}

function secure(options: tls.ConnectionOptions): tls.TLSSocket {
  return noteCertificateRequest(tls.connect({ ...options, ALPNProtocols: ['http/1.1'] }));
}

function serverName(host: string): string {
  return net.isIP(host) ? '' : host;
}

/** Returns the TLS context: Node's `ca` option would replace the machine's authorities; these are added to them. */
function buildContext({ ca, cert, key }: Pick<Route, 'ca' | 'cert' | 'key'>): tls.SecureContext {
  const context = tls.createSecureContext({ ...(cert && { cert }), ...(key && { key }) });
  for (const pem of ca ?? []) context.context.addCACert(pem);
  return context;
}
