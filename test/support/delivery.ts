import type { Delivery } from '../../src/core/delivery.js';

/** A delivery that means nothing, for tests of the transport alone. */
export function someDelivery(
  url: string,
  { size = 100, framing = 'length' }: { size?: number; framing?: Delivery['framing'] } = {},
): Delivery {
  return {
    id: 'test',
    provider: 'scalev',
    event: 'order.created',
    variant: null,
    forge: null,
    method: 'POST',
    url,
    headers: [],
    body: Buffer.alloc(size, 'x'),
    framing,
    secretHeaders: [],
    secretParameters: [],
  };
}
