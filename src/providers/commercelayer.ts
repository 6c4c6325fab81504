import type { Provider } from '../core/provider.js';

const docs = 'https://docs.commercelayer.io/core/real-time-webhooks';

const destroyed = {
  certainty: 'inferred',
  note: 'It is documented that only the id is filled; that links, relationships and meta stay is inferred.',
} as const;

const included = {
  certainty: 'observed',
  note: 'Related resources come as far as the webhook has them in `include_resources`.',
} as const;

const unlisted = 'In the documents of 2020 and 2021; the dashboard of 2026 no longer offers it.';

/**
 * Commerce Layer (Italy, commerce). Facts from its "Real-time webhooks" page (2020 and now), the types of
 * `@commercelayer/sdk` and a delivery recorded in the tests of `@commercelayer/sdk-utils`, its own verifier.
 * `application/vnd.api+json` is reported as content type too; its own example receivers read `application/json`.
 */
export const commercelayer = {
  name: 'commercelayer',
  title: 'Commerce Layer',
  docs,
  defaultEvent: 'orders.place',
  secret: {
    label: 'Shared secret (each webhook has its own)',
    env: ['COMMERCELAYER_SHARED_SECRET'],
    shape: { pattern: '^[0-9a-f]{32}$', description: '32 hexadecimal digits' },
    sample: 'decafbaddecafbaddecafbaddecafbad',
  },
  method: 'POST',
  headers: [
    ['Content-Type', 'application/json'],
    ['X-CommerceLayer-Topic', '{event}'],
    ['X-CommerceLayer-Signature', '{signature}'],
  ],
  values: {},
  signatures: {
    signature: { scheme: 'hmac', hash: 'sha256', content: '{body}', encoding: 'base64' },
  },
  dialect: 'ruby',
  verifiesOver: 'raw',
  eventAt: null,
  events: {
    'customer_password_resets.create': {
      title: 'Customer password reset created',
      trigger: 'A customer password reset process is initiated.',
      certainty: 'documented',
    },
    'customer_password_resets.destroy': {
      title: 'Customer password reset deleted',
      trigger: 'An existing `customer_password_resets` object is deleted.',
      ...destroyed,
    },
    'customer_subscriptions.create': {
      title: 'Customer subscription created',
      trigger: 'A new customer subscription is created.',
      certainty: 'documented',
    },
    'customer_subscriptions.destroy': {
      title: 'Customer subscription deleted',
      trigger: 'An existing `customer_subscriptions` object is deleted.',
      ...destroyed,
    },
    'customers.create': { title: 'Customer created', trigger: 'A new customer is created.', certainty: 'documented' },
    'customers.acquired': {
      title: 'Customer acquired',
      trigger: 'An existing customer status is set to `acquired`.',
      certainty: 'documented',
    },
    'customers.repeat': {
      title: 'Customer repeat',
      trigger: 'An existing customer status is set to `repeat`.',
      certainty: 'documented',
    },
    'customers.destroy': {
      title: 'Customer deleted',
      trigger: 'An existing `customers` object is deleted.',
      ...destroyed,
    },
    'imports.create': { title: 'Import created', trigger: 'A new import is created.', certainty: 'documented' },
    'imports.start': {
      title: 'Import started',
      trigger: 'An existing import status is set to `started`.',
      certainty: 'documented',
      note: 'The page calls the status `started`; the API, and so the payload, calls it `in_progress`.',
    },
    'imports.complete': {
      title: 'Import completed',
      trigger: 'An existing import status is set to `completed`.',
      certainty: 'documented',
    },
    'imports.destroy': { title: 'Import deleted', trigger: 'An existing `imports` object is deleted.', ...destroyed },
    'orders.create': { title: 'Order created', trigger: 'A new order is created.', certainty: 'documented' },
    'orders.draft': {
      title: 'Order draft',
      trigger: 'An existing order status is set to `draft`.',
      certainty: 'documented',
    },
    'orders.pending': {
      title: 'Order pending',
      trigger: 'An existing order status is set to `pending`.',
      certainty: 'documented',
    },
    'orders.place': {
      title: 'Order placed',
      trigger: 'An existing order status is set to `placed`.',
      certainty: 'documented',
      variants: {
        included: { title: 'With include_resources customer, line_items and shipping_address', ...included },
      },
    },
    'orders.approve': {
      title: 'Order approved',
      trigger: 'An existing order status is set to `approved`.',
      certainty: 'documented',
      variants: {
        included: { title: 'With include_resources customer, line_items and shipping_address', ...included },
      },
    },
    'orders.cancel': {
      title: 'Order cancelled',
      trigger: 'An existing order status is set to `cancelled`.',
      certainty: 'documented',
    },
    'orders.authorize': {
      title: 'Order payment authorized',
      trigger: 'An existing order payment status is set to `authorized`.',
      certainty: 'documented',
      note: 'A payment is authorized while its order is placed, so the payload is that of orders.place (inferred).',
    },
    'orders.void': {
      title: 'Order payment voided',
      trigger: 'An existing order payment status is set to `voided`.',
      certainty: 'documented',
    },
    'orders.pay': {
      title: 'Order paid',
      trigger: 'An existing order payment status is set to `paid`.',
      certainty: 'documented',
    },
    'orders.refund': {
      title: 'Order refunded',
      trigger: 'An existing order payment status is set to `refunded`.',
      certainty: 'documented',
    },
    'orders.start_fulfilling': {
      title: 'Order fulfillment started',
      trigger: 'An existing order fulfillment status is set to `in_progress`.',
      certainty: 'documented',
    },
    'orders.fulfill': {
      title: 'Order fulfilled',
      trigger: 'An existing order fulfillment status is set to `fulfilled`.',
      certainty: 'documented',
      variants: {
        included: { title: 'With include_resources customer, line_items and shipping_address', ...included },
      },
    },
    'orders.destroy': { title: 'Order deleted', trigger: 'An existing `orders` object is deleted.', ...destroyed },
    'parcels.create': { title: 'Parcel created', trigger: 'A new parcel is created.', certainty: 'documented' },
    'parcels.destroy': { title: 'Parcel deleted', trigger: 'An existing `parcels` object is deleted.', ...destroyed },
    'shipments.create': {
      title: 'Shipment created',
      trigger: 'A new shipment is created.',
      certainty: 'documented',
      note: unlisted,
    },
    'shipments.upcoming': {
      title: 'Shipment upcoming',
      trigger: 'An existing shipment status is set to `upcoming`.',
      certainty: 'documented',
      variants: {
        included: {
          title: 'With include_resources order, parcels (none yet), shipping_address and stock_location',
          ...included,
        },
      },
    },
    'shipments.cancel': {
      title: 'Shipment cancelled',
      trigger: 'An existing shipment status is set to `cancelled`.',
      certainty: 'documented',
    },
    'shipments.on_hold': {
      title: 'Shipment on hold',
      trigger: 'An existing shipment status is set to `on_hold`.',
      certainty: 'documented',
    },
    'shipments.picking': {
      title: 'Shipment picking',
      trigger: 'An existing shipment status is set to `picking`.',
      certainty: 'documented',
    },
    'shipments.packing': {
      title: 'Shipment packing',
      trigger: 'An existing shipment status is set to `packing`.',
      certainty: 'documented',
    },
    'shipments.ready_to_ship': {
      title: 'Shipment ready to ship',
      trigger: 'An existing shipment status is set to `ready_to_ship`.',
      certainty: 'documented',
    },
    'shipments.ship': {
      title: 'Shipment shipped',
      trigger: 'An existing shipment status is set to `shipped`.',
      certainty: 'documented',
      variants: {
        included: { title: 'With include_resources order, parcels, shipping_address and stock_location', ...included },
      },
    },
    'shipments.destroy': {
      title: 'Shipment deleted',
      trigger: 'An existing `shipments` object is deleted.',
      ...destroyed,
      note: `${destroyed.note} ${unlisted}`,
    },
  },
  identities: [
    {
      name: 'order',
      title: 'Lucia orders mugs and tea, and cancels another order',
      events: [
        'orders.create',
        'customers.create',
        'customer_subscriptions.create',
        'orders.draft',
        'orders.pending',
        'shipments.create',
        'orders.authorize',
        'orders.place',
        'shipments.upcoming',
        'orders.approve',
        'customers.acquired',
        'orders.pay',
        'shipments.on_hold',
        'shipments.picking',
        'orders.start_fulfilling',
        'shipments.packing',
        'parcels.create',
        'shipments.ready_to_ship',
        'shipments.ship',
        'orders.fulfill',
        'orders.void',
        'orders.cancel',
        'shipments.cancel',
        'customer_password_resets.create',
        'orders.refund',
        'customers.repeat',
        'orders.destroy',
        'shipments.destroy',
        'parcels.destroy',
        'customers.destroy',
        'customer_subscriptions.destroy',
        'customer_password_resets.destroy',
      ],
      // Not the organization_id, which is the account's.
      ids: [
        { kind: 'letters', literal: 'kdyRhNYpGe' },
        { kind: 'letters', literal: 'LmnAtDrvXz' },
        { kind: 'letters', literal: 'ZxcAtRkqLp' },
        { kind: 'alphanumeric', literal: 'sT4vKq9ZbXwL2mNy7RfC' },
        { kind: 'letters', literal: 'NXpoAhkgVM' },
        { kind: 'digits', literal: '2548107' },
        { kind: 'hex', literal: '8d1b0f6c2e4a4957b3c9a17f50d2e86b' },
        { kind: 'letters', literal: 'aSdFgHjkLz' },
        { kind: 'letters', literal: 'zXcVbNmqWe' },
        { kind: 'letters', literal: 'KjuYhGtfRd' },
        { kind: 'letters', literal: 'xnqYCpAzkD' },
        { kind: 'letters', literal: 'hBnVqTzMxC' },
        { kind: 'letters', literal: 'PlmOkNijBu' },
        { kind: 'code', literal: '1Z999AA10123456784', pattern: '1Z###@@###########' },
        { kind: 'letters', literal: 'rZGyhpLoWj' },
        { kind: 'digits', literal: '2548133' },
        { kind: 'hex', literal: '41c7e9aa05d84f1f9b62d0c3e7f8a915' },
        { kind: 'letters', literal: 'TgBhNyjMuk' },
        { kind: 'letters', literal: 'QWERhMyoJd' },
        { kind: 'letters', literal: 'YuiGhNmwTe' },
        { kind: 'letters', literal: 'pRtZhVbqKs' },
        { kind: 'letters', literal: 'wBXVhKzrQn' },
        { kind: 'letters', literal: 'qAzWsXedCr' },
        { kind: 'letters', literal: 'WsXeDcRfvT' },
      ],
      times: ['iso-millis'],
      eventTime: ['data.attributes.updated_at'],
    },
    {
      name: 'import',
      title: 'The nightly import of the catalogue',
      events: ['imports.create', 'imports.start', 'imports.complete', 'imports.destroy'],
      ids: [
        { kind: 'letters', literal: 'BgRtHnkLpQ' },
        { kind: 'letters', literal: 'MkoPhZxcVb' },
      ],
      times: ['iso-millis'],
      eventTime: ['data.attributes.updated_at'],
    },
  ],
  policy: {
    timeLimit: { value: '5s', certainty: 'documented', source: docs },
    success: { value: '2xx', certainty: 'documented', source: docs },
    retry: { value: { max: 10, delays: null }, certainty: 'documented', source: docs },
    resend: { value: [], certainty: 'inferred', source: docs },
    disabling: {
      value: { afterConsecutiveFailures: 30, counts: 'attempts', per: 'event', by: 'circuit' },
      certainty: 'documented',
      source: docs,
    },
  },
} as const satisfies Provider;
