import type { Delivery } from '../core/delivery.js';
import { UsageError } from '../core/errors.js';
import { assertOptions } from './assertOptions.js';
import { type SendOptions, sendKeys } from './deliveryOptions.js';
import type { DeliveryResult } from './result.js';

/**
 * Sends a delivery to its URL over HTTP/1.1 and resolves with the result. A receiver that fails is a value and never a rejection: `outcome` is the
 * provider's judgement, `ok` whether it was expected. Connections are kept for the next call (see `close`). Rejects with a UsageError for a delivery
 * that can't be sent.
 */
export async function send(delivery: Delivery, options: SendOptions = {}): Promise<DeliveryResult> {
  assertOptions(options, sendKeys);
  const [{ provenanceOf: recall }, { carryDelivery }, { openKeptConnections: openKept }] = await Promise.all([
    import('./provenance.js'),
    import('./carryDelivery.js'),
    import('./keptConnections.js'),
  ]);
  if (!(await recall(delivery, options.provider)).hasUrl) {
    throw new UsageError(
      'NO_URL',
      'The delivery has no address to send it to. Give createDelivery a url, or deliver it to a handler: deliver(delivery).to(handler).',
    );
  }
  return carryDelivery(delivery, options, await openKept(options.route, options.signal));
}
