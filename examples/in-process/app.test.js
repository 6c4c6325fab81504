import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createDelivery, deliver } from 'webhook-sim';
import { describeReceiver } from 'webhook-sim/testing';
import { receiver } from './app.js';

const secret = 'whsec_only-for-these-tests';

describeReceiver(receiver({ secret, handle: () => {} }), { provider: 'bharatcart', secret, url: '/webhooks' });

test('an order is handled once it is known to be genuine', async () => {
  const handled = [];
  const app = receiver({ secret, handle: ({ event, data }) => handled.push([event, data.orderId]) });
  const order = {
    provider: 'bharatcart',
    event: 'order.delivered',
    url: '/webhooks',
    secret,
    set: { 'data.orderId': 'ORD-1' },
  };
  const genuine = await deliver(await createDelivery(order)).to(app);
  const forged = await deliver(await createDelivery({ ...order, forge: 'wrong-secret' })).to(app);
  assert.deepEqual([genuine.status, forged.status], [204, 401]);
  assert.deepEqual(handled, [['order.delivered', 'ORD-1']]);
});
