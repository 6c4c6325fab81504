import { describe, expect, it } from 'vitest';
import * as testing from '../../src/api/testing/index.js';
import * as library from '../../src/index.js';

/** Options with more in them than TypeScript would let through. */
type Given = never;

const order = { provider: 'scalev', event: 'order.created', url: 'http://localhost:1/' } as const;
const received = { provider: 'scalev', headers: {}, body: '{}', secret: 'a-secret' } as const;
const handler = () => new Response('ok');
const runner = { describe: () => {}, it: Object.assign(() => {}, { skip: () => {} }), before: () => {} };
const create = () => library.createDelivery(order);
const drained = async (events: AsyncIterable<unknown>) => {
  for await (const _ of events);
};

/** A call of each function with options of its own, beside what is put to the test. */
const calls: Readonly<Record<string, (extra: object) => unknown>> = {
  check: (extra) => library.check({ ...order, ...extra } as Given).result(),
  createDelivery: (extra) => library.createDelivery({ ...order, ...extra } as Given),
  deliver: async (extra) => library.deliver(await create()).to(handler, extra as Given),
  diagnose: (extra) => library.diagnose({ ...received, ...extra } as Given),
  exportDeliveries: (extra) => library.exportDeliveries({ provider: 'scalev', ...extra } as Given),
  flow: (extra) => library.flow({ provider: 'scalev', to: handler, ...extra } as Given),
  listen: (extra) => library.listen(extra as Given),
  load: (extra) =>
    library.load({ provider: 'scalev', events: 'order.created', to: handler, rate: '1/s', ...extra } as Given).result(),
  handshake: (extra) => library.handshake({ provider: 'scalev', to: handler, ...extra } as Given),
  keys: (extra) => library.keys({ provider: 'scalev', ...extra } as Given),
  prepare: (extra) => library.prepare({ ...order, ...extra } as Given),
  resend: (extra) => library.resend(extra as Given),
  runSuite: (extra) => library.runSuite(extra as Given),
  samplePayload: (extra) => library.samplePayload({ provider: 'scalev', event: 'order.created', ...extra } as Given),
  send: async (extra) => library.send(await create(), extra as Given),
  sign: (extra) => library.sign({ provider: 'scalev', body: '{}', ...extra } as Given),
  simulate: (extra) => drained(library.simulate({ provider: 'scalev', url: order.url, ...extra } as Given)),
  verify: (extra) => library.verify({ ...received, ...extra } as Given),
  verifyAsync: (extra) => library.verifyAsync({ ...received, ...extra } as Given),
  assertAcceptsWebhook: (extra) => testing.assertAcceptsWebhook(handler, order, extra as Given),
  assertRejectsForgery: (extra) => testing.assertRejectsForgery(handler, { ...order, ...extra } as Given),
  describeReceiver: (extra) => testing.describeReceiver(handler, { ...order, runner, ...extra } as Given),
};

/** The functions that take no options. */
const without = ['close', 'defineConfig', 'defineProvider', 'listProviders', 'loadProvider'];

/** Options by the side of those above: of what is returned, and of a second argument. */
const others: Readonly<Record<string, (extra: object) => unknown>> = {
  'what prepare returns': async (extra) => (await library.prepare(order))(extra as Given),
  'the webhook of assertAcceptsWebhook': (extra) =>
    testing.assertAcceptsWebhook(handler, { ...order, ...extra } as Given),
  'assertAcceptsWebhook of an address': (extra) =>
    testing.assertAcceptsWebhook('http://localhost:1/', { provider: 'scalev' }, extra as Given),
  'the handling of assertRejectsForgery': (extra) => testing.assertRejectsForgery(handler, order, extra as Given),
  toAcceptWebhook: (extra) => testing.matchers.toAcceptWebhook(handler, order, extra as Given),
  toRejectForgery: (extra) => testing.matchers.toRejectForgery(handler, { ...order, ...extra } as Given),
};

/** An option that each function has, with a letter too many, and what it was meant to be. */
const typos: Readonly<Record<string, readonly [typo: string, meant: string]>> = {
  prepare: ['varriant', 'variant'],
  'what prepare returns': ['pyaload', 'payload'],
  createDelivery: ['dailect', 'dialect'],
  'the webhook of assertAcceptsWebhook': ['dailect', 'dialect'],
  'the handling of assertRejectsForgery': ['base46', 'base64'],
  samplePayload: ['varriant', 'variant'],
  exportDeliveries: ['formmat', 'format'],
  keys: ['secrett', 'secret'],
  sign: ['secrett', 'secret'],
  verify: ['metohd', 'method'],
  verifyAsync: ['metohd', 'method'],
  diagnose: ['metohd', 'method'],
};

const fault = async (call: () => unknown): Promise<unknown> => {
  try {
    await call();
    return undefined;
  } catch (error) {
    return error;
  }
};

describe('an option that there is not', () => {
  it('is refused by every function that the library exports', () => {
    const functions = Object.entries({ ...library, ...testing })
      .filter(([, value]) => typeof value === 'function' && !/^class\b/.test(String(value)))
      .map(([name]) => name);
    expect(functions.filter((name) => !without.includes(name)).sort()).toEqual(Object.keys(calls).sort());
  });

  it.each(Object.entries({ ...calls, ...others }))('is refused with the nearest name: %s', async (name, call) => {
    const [typo, meant] = typos[name] ?? ['tiemout', 'timeout'];
    const error = await fault(() => call({ [typo]: 'x' }));
    expect(error).toBeInstanceOf(library.UsageError);
    expect(error).toMatchObject({ code: 'UNKNOWN_OPTION', facts: { value: typo, nearest: [meant] } });
    expect((error as Error).message).toBe(`There is no options.${typo}. Did you mean ${meant}?`);
  });

  it('is refused in the route, too', async () => {
    const route = { insecur: true };
    for (const call of [calls.send!, calls.simulate!, calls.check!]) {
      expect(await fault(() => call({ route }))).toMatchObject({
        code: 'UNKNOWN_OPTION',
        message: 'There is no options.route.insecur. Did you mean insecure?',
      });
    }
  });
});

describe('options that are none', () => {
  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'scalev'],
  ])('are refused: %s', async (_, given) => {
    const { createDelivery, prepare, sign, verify, verifyAsync, samplePayload, keys } = library;
    const functions = { createDelivery, prepare, sign, verify, verifyAsync, samplePayload, keys };
    for (const call of Object.values(functions) as ((options: unknown) => unknown)[]) {
      expect(await fault(() => call(given))).toMatchObject({
        code: 'BAD_OPTIONS',
        message: 'The options have to be an object, such as { provider: "github" }.',
      });
    }
  });
});
