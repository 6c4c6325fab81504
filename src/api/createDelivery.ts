import type { Delivery } from '../core/delivery.js';
import type { AnyDeliveryOptions, DeliveryOptions } from './deliveryOptions.js';
import type { AnyProvider, EventName } from './providers.js';

/**
 * Makes one delivery: a finished, frozen request with id, URL, headers in the provider's order and letter case, body bytes and real signature.
 * Nothing is sent. Rejects with a UsageError for whatever is wrong with the options.
 */
export async function createDelivery<const P extends AnyProvider, const E extends EventName<P> = EventName<P>>(
  options: DeliveryOptions<P, E>,
): Promise<Delivery> {
  const [{ planDelivery }, { planDeliveries }, { remember }, { momentOf }, { randomOf }] = await Promise.all([
    import('./planDelivery.js'),
    import('../simulate/plan.js'),
    import('./made.js'),
    import('./settings.js'),
    import('./world.js'),
  ]);
  const { fresh = 'ids', seed, now } = options;
  const { provider, event, isAddressed, secrets } = await planDelivery(options as unknown as AnyDeliveryOptions);
  const plan = { events: [event], count: 1, fresh, random: randomOf(seed), now: momentOf(now) };
  for await (const planned of planDeliveries(plan)) return remember({ planned, provider, isAddressed, secrets });
  throw new Error('A plan of one delivery has none.');
}
