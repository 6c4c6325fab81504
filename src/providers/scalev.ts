import type { Provider } from '../core/provider.js';

const docs = 'https://developers.scalev.id/docs/webhooks';

/**
 * Scalev (Indonesia, commerce). Facts from its "Webhooks" page (2025) and from the source of developers.scalev.id
 * (github.com/scalevcom/dev-docs, docs/Webhooks).
 */
export const scalev = {
  name: 'scalev',
  title: 'Scalev',
  docs,
  defaultEvent: 'order.created',
  secret: {
    label: 'Signing Secret (Client Secret in older documents)',
    env: ['SCALEV_SIGNING_SECRET', 'SCALEV_CLIENT_SECRET'],
    sample: 'scalev-sample-secret',
  },
  method: 'POST',
  headers: [
    ['Content-Type', 'application/json'],
    ['X-Scalev-Hmac-Sha256', '{signature}'],
  ],
  values: {},
  signatures: {
    signature: { scheme: 'hmac', hash: 'sha256', content: '{body}', encoding: 'base64' },
  },
  dialect: 'js',
  verifiesOver: 'raw',
  eventAt: 'event',
  events: {
    'order.created': {
      title: 'Order created',
      trigger: 'A new order is created.',
      certainty: 'documented',
      variants: {
        'legacy-2025': { title: 'The payload before the order-id migration of 2026', certainty: 'documented' },
      },
    },
    'order.epayment_created': {
      title: 'E-payment created',
      trigger: 'A payment at a payment gateway is created for an order.',
      certainty: 'documented',
    },
    'order.updated': { title: 'Order updated', trigger: 'An existing order is updated.', certainty: 'documented' },
    'order.deleted': {
      title: 'Order deleted',
      trigger: 'An order is deleted.',
      certainty: 'documented',
      variants: {
        'legacy-2025': { title: 'The payload before the order-id migration of 2026', certainty: 'documented' },
      },
    },
    'order.status_changed': {
      title: 'Order status changed',
      trigger: 'The status of an order changes.',
      certainty: 'documented',
      note: 'The places of `customer` and `metadata` in the object are inferred.',
      variants: {
        'legacy-2025': { title: 'The payload before the order-id migration of 2026', certainty: 'documented' },
      },
    },
    'order.payment_status_changed': {
      title: 'Payment status changed',
      trigger: 'The payment status of an order changes.',
      certainty: 'documented',
      note: 'What `pg_payment_info` and `pg_paid_info` hold depends on the payment provider and is inferred.',
      variants: {
        'legacy-2025': { title: 'The payload before the order-id migration of 2026', certainty: 'documented' },
      },
    },
    'order.spam_created': {
      title: 'Spam order created',
      trigger: 'An order that looks like spam is created.',
      certainty: 'documented',
    },
    'payment.received': {
      title: 'Payment received',
      trigger: 'The payment status becomes paid or settled, so twice for one order.',
      certainty: 'documented',
      note: 'What `pg_payment_info` and `pg_paid_info` hold depends on the payment provider and is inferred.',
    },
    'payment.failed': {
      title: 'Payment failed',
      trigger: 'The payment status becomes conflict.',
      certainty: 'documented',
    },
    'checkout_intent.abandoned': {
      title: 'Checkout abandoned',
      trigger: 'A buyer leaves a checkout without ordering.',
      certainty: 'documented',
    },
    'checkout_intent.completed': {
      title: 'Checkout completed',
      trigger: 'A buyer completes a checkout.',
      certainty: 'documented',
      note: 'The members of `order` are inferred.',
    },
    'business.test_event': {
      title: 'Test event',
      trigger: 'The webhook settings of a business are saved with the webhook switched on.',
      certainty: 'documented',
      note: 'It has no unique_id.',
      policy: {
        success: { value: '200', certainty: 'documented', source: docs },
      },
    },
  },
  identities: [
    {
      name: 'order',
      title: 'Ayu orders coffee at Senja Kopi',
      events: [
        'business.test_event',
        'checkout_intent.abandoned',
        'checkout_intent.completed',
        'order.created',
        'order.epayment_created',
        'order.payment_status_changed',
        'payment.received',
        'order.status_changed',
        'order.updated',
        'order.deleted',
        'order.spam_created',
        'payment.failed',
      ],
      ids: [
        { kind: 'alphanumeric', path: 'unique_id', prefix: 'event_', deduplicates: true },
        { kind: 'uuid7', literal: '019bba57-af94-78dc-8b91-aa872752135b', at: '2026-01-14T02:31:07Z' },
        { kind: 'code', literal: '260114KQXRTM', pattern: 'YYMMDD@@@@@@', at: '2026-01-14T02:31:07Z', zone: '+07:00' },
        { kind: 'base64url', literal: 'vmlmc3BSEngko_4GwdSR-O5sHAlTRBxgceXKgJO8' },
        { kind: 'digits', literal: '40718' },
        { kind: 'uuid4', literal: 'f1c4e9cd-b3b8-43c6-a557-22a6e19a63be' },
        { kind: 'digits', literal: '1076600004512' },
        { kind: 'code', literal: 'JNE0010026011400', pattern: 'JNE#############' },
        { kind: 'uuid7', literal: '019bba28-e180-7034-9a38-b89c208a90d3' },
        { kind: 'uuid7', literal: '019bc4f4-3f73-724b-8182-4ff1a939571c', at: '2026-01-16T03:58:20Z' },
        { kind: 'code', literal: '260116PWDZLA', pattern: 'YYMMDD@@@@@@', at: '2026-01-16T03:58:20Z', zone: '+07:00' },
        { kind: 'uuid7', literal: '019bc7e8-3641-7cc9-93af-9341bb27f4e8', at: '2026-01-16T17:44:02Z' },
        { kind: 'code', literal: '260117HVNBEC', pattern: 'YYMMDD@@@@@@', at: '2026-01-16T17:44:02Z', zone: '+07:00' },
        { kind: 'base64url', literal: 'D7JbFbJTmiQqin7mj8Ah-m4Yq6fAsuRcL1gP2tzK' },
        { kind: 'digits', literal: '40766' },
        { kind: 'uuid7', literal: '019bcb01-0424-7533-9a6e-7aefe759d1ce', at: '2026-01-17T08:10:00Z' },
        { kind: 'code', literal: '260117TQJSMW', pattern: 'YYMMDD@@@@@@', at: '2026-01-17T08:10:00Z', zone: '+07:00' },
      ],
      times: ['iso-seconds', 'iso-micros'],
      eventTime: ['timestamp'],
    },
  ],
  policy: {
    timeLimit: null,
    success: { value: '2xx', certainty: 'documented', source: docs },
    retry: null,
    resend: { value: [], certainty: 'documented', source: docs },
    disabling: null,
  },
} as const satisfies Provider;
