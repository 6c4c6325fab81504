import type { Provider } from '../../src/core/provider.js';

const docs = 'https://shopify.dev/docs/apps/build/webhooks/subscribe/https';

/** Shopify: a signature of the body alone, among headers of fixed text, fresh ids and a time. */
export const shopify = {
  name: 'shopify',
  title: 'Shopify',
  docs,
  flagship: 'orders/create',
  secret: { label: 'Client secret', env: ['SHOPIFY_API_SECRET'], sample: 'shopify-sample-secret' },
  method: 'POST',
  headers: [
    ['Content-Type', 'application/json'],
    ['X-Shopify-Topic', '{event}'],
    ['X-Shopify-Hmac-Sha256', '{signature}'],
    ['X-Shopify-Shop-Domain', 'senja-kopi.myshopify.com'],
    ['X-Shopify-API-Version', '2026-01'],
    ['X-Shopify-Webhook-Id', '{webhook}'],
    ['X-Shopify-Event-Id', '{eventId}'],
    ['X-Shopify-Triggered-At', '{triggered}'],
  ],
  values: {
    webhook: { kind: 'uuid4' },
    eventId: { kind: 'uuid4' },
    triggered: { kind: 'time', format: 'iso-micros' },
  },
  signatures: {
    signature: { scheme: 'hmac', hash: 'sha256', content: '{body}', encoding: 'base64' },
  },
  dialect: 'rails',
  verifiesOver: 'raw',
  eventAt: null,
  events: {
    'orders/create': { title: 'Order created', trigger: 'An order is created.', certainty: 'documented' },
  },
  stories: [],
  policy: {
    timeLimit: { value: '5s', certainty: 'documented', source: docs },
    success: { value: '2xx', certainty: 'documented', source: docs },
    retry: { value: { max: 8, delays: null }, certainty: 'documented', source: docs },
    resend: { value: [], certainty: 'inferred', source: docs },
    disabling: null,
  },
} as const satisfies Provider;
