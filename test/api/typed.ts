import { describeReceiver, matchers } from '../../src/api/testing/index.js';
import {
  check,
  createDelivery,
  defineProvider,
  deliver,
  diagnose,
  type EventName,
  exportDeliveries,
  flow,
  handshake,
  keys,
  loadProvider,
  type Payload,
  type Provider,
  type ProviderDescription,
  type ProviderName,
  resend,
  runSuite,
  samplePayload,
  send,
  sign,
  simulate,
  type VariantName,
  verify,
} from '../../src/index.js';

/** Lines that compile, and lines that don't; never run. The packed package is tried on the same lines. */
export async function typed(): Promise<void> {
  const delivery = await createDelivery({ provider: 'scalev', event: 'order.created', secret: 'a', seed: 1 });
  delivery.headers satisfies readonly (readonly [string, string])[];
  await createDelivery({ provider: 'scalev' });
  await createDelivery({ provider: 'scalev', event: 'order.created', variant: 'legacy-2025', forge: 'wrong-secret' });
  // @ts-expect-error
  await createDelivery({ provider: 'scalev', event: 'order.craeted' });
  // @ts-expect-error
  await createDelivery({ provider: 'scalv', event: 'order.created' });
  // @ts-expect-error
  await createDelivery({ provider: 'bharatcart', event: 'orders.place' });
  // @ts-expect-error
  await createDelivery({ provider: 'scalev', variant: 'legacy-2024' });
  // @ts-expect-error
  await createDelivery({ provider: 'scalev', forge: 'wrong-secrte' });
  // @ts-expect-error
  await createDelivery({ provider: 'scalev', evnt: 'order.created' });

  const own = defineProvider({
    name: 'acme',
    title: 'Acme',
    docs: 'https://acme.example/webhooks',
    defaultEvent: 'thing.made',
    secret: { label: 'Secret', env: [], sample: 'acme-sample' },
    method: 'POST',
    headers: [['X-Acme-Signature', '{signature}']],
    values: {},
    signatures: { signature: { scheme: 'hmac', hash: 'sha256', content: '{body}', encoding: 'hex' } },
    dialect: 'js',
    verifiesOver: 'raw',
    eventAt: 'event',
    events: { 'thing.made': { title: 'Thing made', trigger: 'A thing is made.', certainty: 'documented' } },
    identities: [],
    policy: {
      timeLimit: null,
      success: { value: '2xx', certainty: 'documented', source: 'https://acme.example' },
      retry: null,
      resend: { value: [], certainty: 'documented', source: 'https://acme.example' },
      disabling: null,
    },
  });
  await createDelivery({ provider: own, event: 'thing.made', payload: { event: 'thing.made' } });
  // @ts-expect-error
  await createDelivery({ provider: own, event: 'thing.mad', payload: {} });
  own satisfies Provider;
  await typedShort();

  sign({ provider: 'scalev', body: '{}', event: 'order.created' }) satisfies readonly (readonly [string, string])[];
  // @ts-expect-error
  sign({ provider: 'scalev', body: '{}', event: 'order.create' });
  // @ts-expect-error
  verify({ provider: 'scalev', headers: {}, body: '' });
  verify({ provider: 'scalev', headers: new Headers(), body: '', secret: 'a' }).ok satisfies boolean;
  verify({ provider: 'scalev', headers: { a: ['b'], c: undefined }, body: '', secret: ['a', 'b'] });

  (await send(delivery, { timeout: '5s', expect: 401 })).outcome satisfies
    | 'accepted'
    | 'rejected'
    | 'timed_out'
    | 'broken'
    | 'unreachable';
  for await (const event of simulate({ provider: 'scalev', events: ['order.created'], count: 2 })) {
    if (event.type === 'summary') event.accepted satisfies number;
  }
  // @ts-expect-error
  simulate({ provider: 'scalev', events: ['order.creatd'] });
  (await check({ provider: 'scalev', to: () => new Response() }).result()).ok satisfies boolean;

  await deliver(delivery).to((request) => new Response(request.url));
  await deliver(delivery).to(async (_: unknown, response: { end(text: string): unknown }) => response.end('ok'));
  await deliver(delivery).to({ fetch: async (request: Request) => new Response(await request.text()) });
  await deliver(delivery).to(async (event: { body: string }) => ({ statusCode: event.body.length }), {
    as: 'lambda-v2',
  });
  // @ts-expect-error
  await deliver(delivery).to('http://localhost');
  // @ts-expect-error
  await deliver(delivery).to(() => new Response(), { as: 'lamda' });

  const result = await flow({
    provider: 'scalev',
    flow: 'fulfilment',
    to: 'demo',
    order: 'reversed',
    drop: ['order.created'],
  });
  result.deliveries[0]?.place.step satisfies number | undefined;
  await flow({
    provider: 'scalev',
    flow: 'fulfilment',
    to: (request: Request) => new Response(request.url),
    url: '/hooks',
  });
  // @ts-expect-error
  await flow({ provider: 'scalev', flow: 'fulfilment', to: 'demo', ordr: 'reversed' });
  // @ts-expect-error
  await flow({ provider: 'scalv', flow: 'fulfilment', to: 'demo' });
  (await runSuite({ suites: ['a.webhooks.yaml'], bail: 2, grep: /a/ })).summary.counts.failed satisfies number;
  (await handshake({ provider: 'slack', to: 'demo' })).handshakes[0]?.problem satisfies string | null | undefined;
  (await resend({ deliveries: ['last'], expect: 401 })).deliveries[0]?.resendOf satisfies string | undefined;
  (await exportDeliveries({ provider: 'scalev', events: ['order.created'] })).files[0]?.bytes satisfies
    | Uint8Array
    | undefined;
  // @ts-expect-error
  await exportDeliveries({ provider: 'scalev', events: ['order.craeted'] });
  (await keys({ provider: 'discord' })).jwks.keys[0]?.kid satisfies string | undefined;
  (await diagnose({ headers: new Headers(), body: '', secret: 'a' })).genuine satisfies boolean;

  describeReceiver(() => new Response(), { provider: 'scalev', event: 'order.created', secret: 'a' });
  // @ts-expect-error
  describeReceiver(() => new Response(), { provider: 'scalev', event: 'order.creatd' });
  matchers.toAcceptWebhook satisfies (...given: never[]) => Promise<{ pass: boolean; message: () => string }>;
  'order.created' satisfies EventName<'scalev'>;
  'scalev' satisfies ProviderName;
}

async function typedShort(): Promise<void> {
  const shop = defineProvider({
    name: 'shop',
    headers: { 'Content-Type': 'application/json', 'X-Shop-Signature': '{signature}' },
    signatures: { signature: { scheme: 'hmac', hash: 'sha256', content: '{body}', encoding: 'hex' } },
    events: ['order.created', 'order.paid'],
    policy: { timeLimit: '5s' },
    samples: {
      'order.created': {
        event: 'order.created',
        order: { id: 7, paid: false, note: null, lines: [{ sku: 'a' }], tags: [] },
      },
    },
  });
  shop satisfies ProviderDescription;
  'order.paid' satisfies EventName<typeof shop>;
  // @ts-expect-error
  'order.payed' satisfies EventName<typeof shop>;
  await createDelivery({ provider: shop, event: 'order.created', set: { 'order.paid': true } });
  // @ts-expect-error
  await createDelivery({ provider: shop, event: 'order.craeted' });
  // @ts-expect-error
  await createDelivery({ provider: shop, variant: 'old' });
  const sample = await samplePayload({ provider: shop, event: 'order.created' });
  sample.event = 'any text';
  sample.order.id = 8;
  sample.order.lines.push({ sku: 'b' });
  sample.order.note satisfies unknown;
  // @ts-expect-error
  sample.order.note.length;
  // @ts-expect-error
  sample.order.id = 'eight';
  // @ts-expect-error
  sample.order.total;
  await createDelivery({
    provider: shop,
    event: 'order.created',
    payload: ({ order }) => ({ order, id: order.id + 1 }),
  });
  // @ts-expect-error
  await createDelivery({ provider: shop, event: 'order.created', payload: ({ ordr }) => ordr });
  5 as unknown satisfies Payload<typeof shop, 'order.paid'>;
  await check({ provider: shop, to: () => new Response(), event: 'order.paid' }).result();
  describeReceiver(() => new Response(), { provider: shop, event: 'order.paid' });
  // @ts-expect-error
  describeReceiver(() => new Response(), { provider: shop, event: 'order.payed' });

  const provider = defineProvider({
    name: 'told',
    headers: [['X-Told', { each: '{secret}', join: ',' }]],
    events: { 'thing.made': { variants: { old: {} } }, 'thing.sold': { title: 'Sold' } },
    samples: { 'thing.made': { n: 1 }, 'thing.made--old': { was: 'a' } },
  });
  'thing.sold' satisfies EventName<typeof provider>;
  'old' satisfies VariantName<typeof provider>;
  await createDelivery({ provider: provider, event: 'thing.made', variant: 'old' });
  // @ts-expect-error
  await createDelivery({ provider: provider, variant: 'odl' });
  const either = await samplePayload({ provider: provider, event: 'thing.made', variant: 'old' });
  either satisfies { n: number } | { was: string };

  const loaded = await loadProvider(new URL('https://example.com'));
  loaded satisfies Provider;
  await createDelivery({ provider: loaded, event: 'any.event', variant: 'any' });
  await createDelivery({ provider: { name: 'short', headers: {}, events: ['a'] }, event: 'a' });
  // @ts-expect-error
  await createDelivery({ provider: { name: 'short', headers: {}, events: ['a'] }, event: 'b' });

  const headers = {};
  const events = ['a'] as const;
  // @ts-expect-error
  defineProvider({ name: 'a', headers, events, methd: 'POST' });
  // @ts-expect-error
  defineProvider({ name: 'a', headers, events, secret: { lable: 'Secret' } });
  // @ts-expect-error
  defineProvider({ name: 'a', headers, events: { a: { titel: 'A' } } });
  // @ts-expect-error
  defineProvider({ name: 'a', headers, events, policy: { timeout: '5s' } });
  // @ts-expect-error
  const signature = { s: { scheme: 'encoded', content: '', encoding: 'hax' } } satisfies Provider['signatures'];
  // @ts-expect-error
  defineProvider({ name: 'a', headers, events, signatures: signature });
  // @ts-expect-error
  defineProvider({ name: 'a', headers });
}
