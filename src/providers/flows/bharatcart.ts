import type { Flow } from '../../core/flow.js';

/** The flows of BharatCart. */
export const bharatcartFlows = [
  {
    name: 'order',
    title: 'An order is placed, paid, shipped and delivered',
    steps: [
      { event: 'order.created' },
      { event: 'order.paid' },
      { event: 'order.shipped' },
      { event: 'order.delivered' },
    ],
  },
  {
    name: 'cancellation',
    title: 'An order is paid, and cancelled before it is shipped',
    steps: [
      { event: 'order.created' },
      { event: 'order.paid' },
      { event: 'order.cancelled', same: { 'ORD-2026-00423': 'ORD-2026-00417' } },
    ],
  },
  {
    name: 'product',
    title: 'A product is listed, sells well, becomes cheaper and is withdrawn',
    steps: [
      { event: 'product.created' },
      { event: 'inventory.low' },
      { event: 'product.updated' },
      { event: 'product.deleted' },
    ],
  },
] as const satisfies readonly Flow[];
