import type { Provider } from '../../src/core/provider.js';

const docs = 'https://docs.stripe.com/webhooks';

/** Stripe: the time in the signature's own header, once, and a signature for each active secret after it. */
export const stripe = {
  name: 'stripe',
  title: 'Stripe',
  docs,
  flagship: 'customer.created',
  secret: {
    label: 'Signing secret',
    env: ['STRIPE_WEBHOOK_SECRET'],
    shape: { pattern: '^whsec_', description: 'starts with whsec_' },
    sample: 'whsec_sample',
  },
  method: 'POST',
  headers: [
    ['Content-Type', 'application/json; charset=utf-8'],
    ['User-Agent', 'Stripe/1.0 (+https://stripe.com/docs/webhooks)'],
    ['Stripe-Signature', { head: 't={timestamp},', each: 'v1={signature}', join: ',' }],
  ],
  values: { timestamp: { kind: 'time', format: 'unix-seconds' } },
  signatures: {
    // The key is the whole text of the secret, whsec_ included.
    signature: { scheme: 'hmac', hash: 'sha256', content: '{timestamp}.{body}', encoding: 'hex' },
  },
  dialect: 'pretty',
  verifiesOver: 'raw',
  eventAt: 'type',
  events: {
    'customer.created': { title: 'Customer created', trigger: 'A customer is created.', certainty: 'documented' },
  },
  stories: [],
  policy: {
    timeLimit: null,
    success: { value: '2xx', certainty: 'documented', source: docs },
    retry: null,
    resend: { value: ['values', 'signature'], certainty: 'documented', source: docs },
    disabling: null,
  },
} as const satisfies Provider;
