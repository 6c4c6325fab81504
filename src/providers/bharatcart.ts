import type { Provider } from '../core/provider.js';

const docs = 'https://github.com/PREM015/Bharatcart/blob/main/docs/api-reference/webhooks.md';

/** BharatCart (India, commerce). Facts from its "Webhooks Reference". */
export const bharatcart = {
  name: 'bharatcart',
  title: 'BharatCart',
  docs,
  defaultEvent: 'order.created',
  secret: {
    label: 'Signing secret',
    env: ['BHARATCART_WEBHOOK_SECRET'],
    sample: 'bharatcart-sample-secret',
  },
  method: 'POST',
  headers: [
    ['Content-Type', 'application/json'],
    ['X-Webhook-Signature', '{signature}'],
  ],
  values: {},
  signatures: {
    signature: { scheme: 'hmac', hash: 'sha256', content: '{body}', encoding: 'hex' },
  },
  dialect: 'js',
  verifiesOver: 'raw',
  eventAt: 'event',
  events: {
    'order.created': { title: 'Order created', trigger: 'A new order is created.', certainty: 'documented' },
    'order.paid': { title: 'Order paid', trigger: 'A payment is successful.', certainty: 'documented' },
    'order.shipped': { title: 'Order shipped', trigger: 'An order is shipped.', certainty: 'documented' },
    'order.delivered': { title: 'Order delivered', trigger: 'An order is delivered.', certainty: 'documented' },
    'order.cancelled': { title: 'Order cancelled', trigger: 'An order is cancelled.', certainty: 'documented' },
    'product.created': { title: 'Product created', trigger: 'A new product is added.', certainty: 'documented' },
    'product.updated': {
      title: 'Product updated',
      trigger: 'A product is updated.',
      certainty: 'inferred',
      note: 'The event is documented, its payload is not: the members are those of product.created.',
    },
    'product.deleted': {
      title: 'Product deleted',
      trigger: 'A product is deleted.',
      certainty: 'inferred',
      note: 'The event is documented, its payload is not: it holds only the id.',
    },
    'inventory.low': { title: 'Inventory low', trigger: 'The stock of a product is low.', certainty: 'documented' },
  },
  identities: [
    {
      name: 'kurta',
      title: 'A cotton kurta is listed, ordered, delivered and withdrawn',
      events: [
        'product.created',
        'order.created',
        'order.paid',
        'order.shipped',
        'order.cancelled',
        'inventory.low',
        'product.updated',
        'order.delivered',
        'product.deleted',
      ],
      ids: [
        { kind: 'code', literal: 'ORD-2026-00417', pattern: 'ORD-YYYY-#####', at: '2026-02-03T09:12:41Z' },
        // Another buyer's order of the same day: the one that was delivered can't be cancelled.
        { kind: 'code', literal: 'ORD-2026-00423', pattern: 'ORD-YYYY-#####', at: '2026-02-03T09:12:41Z' },
        { kind: 'digits', literal: '104268' },
        { kind: 'digits', literal: '580214' },
        { kind: 'alphanumeric', literal: '7Qm2kd91' },
        { kind: 'code', literal: 'DLV4410098231', pattern: 'DLV##########' },
      ],
      times: ['iso-seconds'],
      eventTime: ['timestamp'],
    },
  ],
  policy: {
    timeLimit: null,
    success: { value: '2xx', certainty: 'inferred', source: docs },
    retry: { value: { max: 3, delays: ['1m', '10m', '1h'] }, certainty: 'documented', source: docs },
    resend: { value: [], certainty: 'inferred', source: docs },
    disabling: {
      value: { afterConsecutiveFailures: 10, counts: null, per: 'endpoint', by: 'disabling' },
      certainty: 'documented',
      source: docs,
    },
  },
} as const satisfies Provider;
