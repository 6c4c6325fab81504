import { describeReceiver, matchers } from '../../src/api/testing/index.js';
import {
  check,
  createDelivery,
  defineProvider,
  deliver,
  type EventName,
  type ProviderName,
  send,
  sign,
  simulate,
  verify,
} from '../../src/index.js';

/** What compiles, and what does not; never run. The packed package is tried on the same lines. */
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
    flagship: 'thing.made',
    secret: { label: 'Secret', env: [], sample: 'acme-sample' },
    method: 'POST',
    headers: [['X-Acme-Signature', '{signature}']],
    values: {},
    signatures: { signature: { scheme: 'hmac', hash: 'sha256', content: '{body}', encoding: 'hex' } },
    dialect: 'js',
    verifiesOver: 'raw',
    eventAt: 'event',
    events: { 'thing.made': { title: 'Thing made', trigger: 'A thing is made.', certainty: 'documented' } },
    stories: [],
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

  sign({ provider: 'scalev', body: '{}', event: 'order.created' }) satisfies readonly (readonly [string, string])[];
  // @ts-expect-error
  sign({ provider: 'scalev', body: '{}', event: 'order.create' });
  // @ts-expect-error
  verify({ provider: 'scalev', headers: {}, body: '' });
  verify({ provider: 'scalev', headers: new Headers(), body: '', secret: 'a' }).ok satisfies boolean;
  verify({ provider: 'scalev', headers: { a: ['b'], c: undefined }, body: '', secret: ['a', 'b'] });

  (await send(delivery, { timeout: '5s', expect: 401 })).outcome satisfies
    | 'accepted'
    | 'refused'
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

  describeReceiver(() => new Response(), { provider: 'scalev', event: 'order.created', secret: 'a' });
  // @ts-expect-error
  describeReceiver(() => new Response(), { provider: 'scalev', event: 'order.creatd' });
  matchers.toAcceptWebhook satisfies (...given: never[]) => Promise<{ pass: boolean; message: () => string }>;
  'order.created' satisfies EventName<'scalev'>;
  'scalev' satisfies ProviderName;
}
