import { directRoute, type Route } from '../core/route.js';
import type { RunWarning } from '../core/run.js';
import type { DeliveryTransport } from '../transport/deliveryTransport.js';
import type { Transport } from '../transport/transport.js';
import { namedRoute } from './assertOptions.js';

/** The transports that `send` keeps between calls: one for each route, with its connections, none of which keeps the process alive. */
const transports = new Map<string, Transport>();

/**
 * Returns a transport that takes each delivery its route, over connections that are kept for the next one; the signal ends only its own deliveries.
 */
export async function openKeptConnections(
  route: Partial<Route> | undefined,
  signal: AbortSignal | undefined,
): Promise<DeliveryTransport> {
  const { Transport } = await import('../transport/transport.js');
  const key = JSON.stringify({ ...directRoute, ...route });
  const transport = transports.get(key) ?? new Transport({ route: namedRoute(route) });
  transports.set(key, transport);
  return {
    send: (delivery, limitMs, options) => transport.send(delivery, limitMs, { ...options, ...(signal && { signal }) }),
    takeWarnings: () => transport.takeWarnings(),
    close: () => {},
  };
}

/** Closes the kept transports; a later `send` opens new ones. Returns the warnings that are in no result yet. */
export function closeKeptConnections(): RunWarning[] {
  const kept = [...transports.values()];
  transports.clear();
  for (const transport of kept) transport.close();
  return kept.flatMap((transport) => transport.takeWarnings().map((warning) => ({ type: 'warning', ...warning })));
}
