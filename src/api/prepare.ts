import { assertOptions } from './assertOptions.js';
import { type AnyDeliveryOptions, type DeliveryOptions, deliveryKeys } from './deliveryOptions.js';
import type { NextDelivery } from './prepareOptions.js';
import type { AnyProvider, EventName } from './providers.js';

/**
 * Prepares deliveries of one event: reads the sample, the templates and the key once. What it resolves with makes a fresh delivery in each
 * call, as `createDelivery` does, for little more than the signature costs. Rejects with a UsageError for wrong options.
 */
export async function prepare<const P extends AnyProvider, const E extends EventName<P> = EventName<P>>(
  options: DeliveryOptions<P, E>,
): Promise<NextDelivery<P>> {
  assertOptions(options, deliveryKeys);
  const { prepareDeliveries } = await import('./prepareDeliveries.js');
  return (await prepareDeliveries(options as unknown as AnyDeliveryOptions)) as NextDelivery<P>;
}
