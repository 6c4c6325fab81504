import type { Provider } from '../core/provider.js';

const docs = 'https://docs.covver.io/api-reference/webhooks';

const collection = {
  certainty: 'inferred',
  note: 'The event is documented, its payload is not: the members are what the "Create collection" API returns.',
} as const;

const product = {
  certainty: 'inferred',
  note: 'The event is documented, its payload is not: the members are those of the "Get product" API.',
} as const;

/**
 * Covver (gifts and swag). Facts from its "Webhook overview" and the page on OrderConfirmed
 * (docs.covver.io/api-reference/webhooks/order-confirmed). That the idempotency key is a UUID is inferred: the
 * documents only say that each webhook has its own.
 */
export const covver = {
  name: 'covver',
  title: 'Covver',
  docs,
  defaultEvent: 'OrderPlaced',
  secret: {
    label: 'Client secret',
    env: ['COVVER_CLIENT_SECRET'],
    sample: 'covver-sample-secret',
  },
  method: 'POST',
  headers: [
    ['Content-Type', 'application/json'],
    ['covverSignature', '{signature}'],
    ['covverIdempotencyKey', '{idempotencyKey}'],
  ],
  values: { idempotencyKey: { kind: 'uuid4' } },
  signatures: {
    signature: { scheme: 'hmac', hash: 'sha256', content: '{body}', encoding: 'base64' },
  },
  dialect: 'js',
  // The documented verifier hashes JSON.stringify of the parsed body.
  verifiesOver: 'restringified',
  eventAt: 'type',
  events: {
    CollectionCreated: { title: 'Collection created', trigger: 'A collection is created.', ...collection },
    CollectionDeleted: { title: 'Collection deleted', trigger: 'A collection is deleted.', ...collection },
    CollectionUpdated: { title: 'Collection updated', trigger: 'A collection is updated.', ...collection },
    ProductCreated: { title: 'Product created', trigger: 'A product is created.', ...product },
    ProductHidden: { title: 'Product hidden', trigger: 'A product is hidden from its collection.', ...product },
    ProductShown: { title: 'Product shown', trigger: 'A hidden product is shown again.', ...product },
    ProductUpdated: { title: 'Product updated', trigger: 'A product is updated.', ...product },
    OrderPlaced: {
      title: 'Order placed',
      trigger: 'An order is placed.',
      certainty: 'inferred',
      note: 'The event is documented, its payload is not: it has the form of OrderConfirmed.',
    },
    OrderConfirmed: {
      title: 'Order confirmed',
      trigger: 'A vendor confirms its part of an order, so maybe several times for one order.',
      certainty: 'documented',
    },
    OrderFulfilled: {
      title: 'Order fulfilled',
      trigger: 'An order is fulfilled.',
      certainty: 'inferred',
      note: 'The event is documented, its payload is not: it has the form of OrderConfirmed and tracking as in the "Get order status" API.',
    },
  },
  identities: [
    {
      name: 'gift',
      title: 'A company lists a steel bottle, and someone is given it with socks',
      events: [
        'CollectionCreated',
        'CollectionUpdated',
        'ProductCreated',
        'ProductUpdated',
        'ProductHidden',
        'ProductShown',
        'OrderPlaced',
        'OrderConfirmed',
        'OrderFulfilled',
        'CollectionDeleted',
      ],
      // Without the companyId and companySlug, which are the receiver's own account, and `sha`, a hash of content that stays.
      ids: [
        { kind: 'uuid4', literal: 'df9df5cd-30f2-4a6f-8936-0077d3a6804a' },
        { kind: 'uuid4', literal: '0a276d92-0f28-441b-9125-a163ef274a25' },
        { kind: 'uuid4', literal: 'ba3a093b-bb6b-407e-ab2b-c6fcb445fd42' },
        { kind: 'uuid4', literal: '99bc54f1-f4f4-4254-ac7a-6d1c70390b05' },
        { kind: 'uuid4', literal: 'bb19b7db-410d-4b73-9c24-9a537929856e' },
        { kind: 'uuid4', literal: 'eddfbf1b-9e3f-4c87-8d96-f1716652bbad' },
        { kind: 'digits', literal: '1048223' },
        { kind: 'code', literal: 'nw-gift-229174', pattern: 'nw-gift-######' },
        { kind: 'uuid4', literal: 'a089da0a-9a05-4044-88ee-fd9d42e3240c' },
        { kind: 'uuid4', literal: '5a44f456-dbce-4953-9df4-e8b58187604b' },
        { kind: 'code', literal: '1ZA77E030312345671', pattern: '1ZA77E03##########' },
        { kind: 'code', literal: '1ZA77E030312345672', pattern: '1ZA77E03##########' },
      ],
      times: ['iso-millis', 'sql-micros'],
      eventTime: ['data.createdAt', 'data.hiddenAt'],
    },
  ],
  policy: {
    timeLimit: null,
    success: { value: '2xx', certainty: 'inferred', source: docs },
    retry: null,
    resend: { value: [], certainty: 'inferred', source: docs },
    disabling: null,
  },
} as const satisfies Provider;
