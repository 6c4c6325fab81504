// The route handler in this process: no server, no port, and nothing of Next.js.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createDelivery, deliver } from 'webhook-sim';
import { describeReceiver } from 'webhook-sim/testing';
import { POST } from './app/webhooks/stripe/route.js';

const secret = 'whsec_only-for-these-tests';
process.env.STRIPE_WEBHOOK_SECRET = secret;
const url = '/webhooks/stripe';

describeReceiver(POST, { provider: 'stripe', secret, url });

test('an event that comes twice is kept once', async () => {
  const delivery = await createDelivery({ provider: 'stripe', event: 'checkout.session.completed', secret, url });
  const answers = [await deliver(delivery).to(POST), await deliver(delivery).to(POST)];
  assert.deepEqual(
    answers.map(({ text }) => JSON.parse(text).duplicate),
    [false, true],
  );
});
