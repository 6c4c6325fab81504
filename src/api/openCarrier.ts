import { UsageError } from '../core/errors.js';
import type { Route } from '../core/route.js';
import type { Carrier } from '../transport/carrier.js';
import { Transport } from '../transport/transport.js';
import type { Handler, HandlerOptions } from './inProcess/handler.js';

/** Where deliveries go: a handler, or over the wire. */
export interface Destination extends HandlerOptions {
  readonly to?: Handler;
  readonly route?: Partial<Route>;
}

/** Opens what takes deliveries to a handler or to their URL; `thrown` is what the handler threw. Throws a UsageError where there is neither. */
export async function openCarrier(
  { to, route, ...options }: Destination,
  isAddressed: boolean,
): Promise<{ carrier: Carrier; thrown: readonly unknown[] }> {
  const thrown: unknown[] = [];
  if (to !== undefined) {
    const { carrierFor } = await import('./inProcess/carrierFor.js');
    return { carrier: await carrierFor(to, options, (error) => thrown.push(error)), thrown };
  }
  if (!isAddressed)
    throw new UsageError(
      'NO_URL',
      'Where to? Give an address with a host, or a handler in this process, as options.to.',
    );
  return { carrier: new Transport(route && { route }), thrown };
}
