import type { Delivery } from '../core/delivery.js';
import { assertOptions } from './assertOptions.js';
import { type AnyDeliveryOptions, type DeliveryOptions, deliveryKeys } from './deliveryOptions.js';
import type { AnyProvider, EventName } from './providers.js';

/**
 * Makes one delivery: a finished, frozen request with id, URL, headers in the provider's order and letter case, body bytes and real signature.
 * Nothing is sent. Rejects with a UsageError for wrong options.
 */
export async function createDelivery<const P extends AnyProvider, const E extends EventName<P> = EventName<P>>(
  options: DeliveryOptions<P, E>,
): Promise<Delivery> {
  assertOptions(options, deliveryKeys);
  const [{ planDelivery }, { createDeliveryFactory: deliveriesOf }] = await Promise.all([
    import('./planDelivery.js'),
    import('./prepareDeliveries.js'),
  ]);
  const all = options as unknown as AnyDeliveryOptions;
  return deliveriesOf(await planDelivery(all), all)();
}
