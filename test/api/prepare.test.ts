import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { AnyDeliveryOptions } from '../../src/api/deliveryOptions.js';
import { planDelivery } from '../../src/api/planDelivery.js';
import { seededRandom } from '../../src/core/random.js';
import { createDelivery, type Delivery, deliver, prepare, simulate, verify } from '../../src/index.js';
import { dialectNames } from '../../src/json/encodeJson.js';
import { fillPayload } from '../../src/payloads/compiled.js';
import { IdentityRenewal } from '../../src/payloads/identityRenewal.js';
import { findProvider } from '../../src/providers/findProvider.js';
import { exampleNames } from '../support/exampleProviders.js';
import { fiveProviders } from '../support/providers.js';

const now = Date.UTC(2026, 1, 3, 4, 5, 6, 789);
const url = 'http://localhost/hooks?shop=1';
const names = [...fiveProviders.map(({ name }) => name), ...exampleNames];

/** Key pairs whose signatures are others each time. */
const signedAtRandom = ['sendgrid', 'plaid'];

const text = ({ body }: Delivery) => Buffer.from(body).toString();

/** All of a delivery that can be the same twice. */
function comparable({ body, headers, ...rest }: Delivery) {
  const isRandom = signedAtRandom.includes(rest.provider);
  return {
    ...rest,
    body: Buffer.from(body).toString('latin1'),
    headers: headers.map(([name, value]) => (isRandom && value.length > 60 ? [name] : [name, value])),
  };
}

describe('prepare', () => {
  it.each(names)('makes what createDelivery makes, in every dialect: %s', async (provider) => {
    for (const dialect of [undefined, ...dialectNames]) {
      const options = { provider, url, seed: 7, now, ...(dialect && { dialect }) } as { provider: 'scalev' };
      const wanted = await createDelivery(options).catch((error: Error) => error.message);
      const actual = await prepare(options).then(
        (next) => next(),
        (error: Error) => error.message,
      );
      if (typeof wanted === 'string' || typeof actual === 'string') expect(actual).toBe(wanted);
      else expect(comparable(actual)).toEqual(comparable(wanted));
    }
  });

  it.each(names)('reads and fills bodies in place as if each were parsed anew: %s', async (provider) => {
    for (const dialect of [undefined, ...dialectNames]) {
      const options = { provider, url, fresh: 'all', ...(dialect && { dialect }) } as unknown as AnyDeliveryOptions;
      const planned = await planDelivery(options).catch(() => null);
      if (!planned) continue;
      const { payload, make } = planned.event;
      for (const seed of [1, 2, 3]) {
        const body = fillPayload(payload, new IdentityRenewal(86_400_000 * seed, seededRandom(seed)));
        const parsed = await make({ now, random: seededRandom(seed), body });
        const inPlace = await make({ now, random: seededRandom(seed), body, payload });
        expect(comparable(inPlace)).toEqual(comparable(parsed));
      }
    }
  });

  it.each(names)('makes deliveries that are genuine, each with an id and a time of its own: %s', async (provider) => {
    const { sample: secret } = findProvider(provider).secret;
    const next = await prepare({ provider: provider as 'scalev', url, secret });
    const times = [now, now + 10_000, now + 20_000];
    const deliveries = times.map((time) => next({ now: time }));
    expect(new Set(deliveries.map(({ id }) => id)).size).toBe(3);
    for (const { headers, body, url: to } of deliveries) {
      const given = { provider: provider as 'scalev', headers, body, url: to, secret };
      expect(verify(given)).toMatchObject({ ok: true });
    }
  });

  it('makes the deliveries of a run, one by one', async () => {
    const options = { provider: 'webconnex', url: 'http://localhost/', fresh: 'all', seed: 5, now } as const;
    const bodies: string[] = [];
    const run = simulate({
      ...options,
      events: ['registration'],
      count: 3,
      to: async (request: Request) => {
        bodies.push(await request.text());
        return new Response();
      },
    } as never);
    for await (const event of run) void event;
    const next = await prepare({ ...options, event: 'registration' });
    expect([next(), next(), next()].map(text)).toEqual(bodies);
    expect(new Set(bodies).size).toBe(3);
  });

  it('gives each delivery bytes of its own', async () => {
    const next = await prepare({ provider: 'razorpay', seed: 1, now });
    const [first, second] = [next(), next()];
    const before = text(second);
    (first.body as Buffer).fill(0);
    expect(text(second)).toBe(before);
    expect(text(next()).startsWith('{"')).toBe(true);
    expect(Object.isFrozen(first)).toBe(true);
  });

  it('prepares deliveries that can be delivered and tried again', async () => {
    const next = await prepare({ provider: 'scalev', secret: 'mine' });
    const result = await deliver(next()).to(async () => new Response(null, { status: 204 }));
    expect(result).toMatchObject({ outcome: 'accepted', ok: true });
  });

  it('changes the payload and the time of one call', async () => {
    const next = await prepare({ provider: 'scalev', event: 'order.created', secret: 'mine', seed: 3, now });
    const changed = next({ set: { 'data.payment_status': 'paid' } });
    expect(JSON.parse(text(changed)).data.payment_status).toBe('paid');
    expect(JSON.parse(text(next())).data.payment_status).not.toBe('paid');
    expect(JSON.parse(text(next({ unset: ['data.payment_status'] }))).data).not.toHaveProperty('payment_status');
    const other = next({ payload: { event: 'order.deleted', deep: [1.5, 'é'] } });
    expect([other.event, text(other)]).toEqual(['order.deleted', '{"event":"order.deleted","deep":[1.5,"é"]}']);
    const own = next({ body: 'plain' });
    expect(text(own)).toBe('plain');
    expect(own.headers.at(-1)![1]).toBe(createHmac('sha256', 'mine').update('plain').digest('base64'));
    const stripe = await prepare({ provider: 'stripe', now });
    expect(JSON.stringify(stripe({ now: now + 60_000 }).headers)).toContain(`t=${Math.floor(now / 1000) + 60}`);
    expect(JSON.stringify(stripe().headers)).toContain(`t=${Math.floor(now / 1000)}`);
  });

  it('makes what createDelivery makes of a changed payload', async () => {
    const options = { provider: 'scalev', event: 'order.created', seed: 9, now } as const;
    const set = { 'data.payment_status': 'paid' };
    const next = await prepare(options);
    expect(next({ set })).toEqual(await createDelivery({ ...options, set }));
  });

  it('refuses what is wrong with a call, and goes on', async () => {
    const next = await prepare({ provider: 'scalev' });
    const code = (act: () => unknown) => {
      try {
        act();
      } catch (error) {
        return (error as { code: string }).code;
      }
    };
    expect(code(() => next({ set: { 'data.payment_statu': 'paid' } }))).toBe('UNKNOWN_PATH');
    expect(code(() => next({ body: 'a', set: { event: 'b' } }))).toBe('CONFLICT');
    expect(code(() => next({ payload: (() => 1) as never }))).toBe('CONFLICT');
    expect(code(() => next({ now: 'soon' }))).toBe('BAD_TIME');
    const held = await prepare({ provider: 'scalev', schema: { type: 'object' } });
    expect(code(() => held({ set: { event: 'x' } }))).toBe('CONFLICT');
    const raw = await prepare({ provider: 'scalev', body: 'raw' });
    expect(code(() => raw({ set: { event: 'x' } }))).toBe('CONFLICT');
    expect(text(raw())).toBe('raw');
    expect(next().provider).toBe('scalev');
  });

  it('awaits a function that signs', async () => {
    const acme = {
      name: 'acme',
      headers: { 'X-Acme': '{proof}' },
      signatures: {
        proof: {
          scheme: 'custom',
          sign: async ({ secret, body }: { secret: string; body: Uint8Array }) => `${secret}-${body.length}`,
        },
      },
      events: ['thing.made'],
      samples: { 'thing.made': { id: 1 } },
    } as const;
    const next = await prepare({ provider: acme, secret: 'mine' });
    const delivery = next();
    expect(delivery).toBeInstanceOf(Promise);
    expect((await delivery).headers).toEqual([['X-Acme', 'mine-8']]);
    expect((await next({ body: 'four' })).headers).toEqual([['X-Acme', 'mine-4']]);
  });
});

describe('the cost of a prepared delivery', () => {
  const cpuOf = (act: () => unknown, calls: number) => {
    const start = process.cpuUsage();
    for (let i = 0; i < calls; i++) act();
    const { user, system } = process.cpuUsage(start);
    return user + system;
  };
  /** Of the least over batches that run in turn: what a busy machine does meanwhile does not count. */
  const ratioOf = (ours: () => unknown, theirs: () => unknown) => {
    for (let i = 0; i < 5; i++) cpuOf(ours, 300) + cpuOf(theirs, 300);
    const batches = Array.from({ length: 11 }, () => [cpuOf(ours, 200), cpuOf(theirs, 200)] as const);
    return Math.min(...batches.map(([own]) => own)) / Math.min(...batches.map(([, other]) => other));
  };

  // The bar is that of the Node 20 line: the JSON.stringify of newer ones is several times as fast.
  it.runIf(process.version.startsWith('v20.')).each([
    ['scalev', 1.3],
    ['commercelayer', 1.3],
    ['paddle', 1.3],
    // A body of 200 bytes: what is the same for all bodies weighs more.
    ['bharatcart', 4],
    // A signature in a field over other fields.
    ['adyen', 6],
  ] as const)('%s: at most %d times JSON.stringify and an HMAC', async (provider, most) => {
    const next = await prepare({ provider, url: 'http://localhost/hooks' });
    const payload = JSON.parse(text(next()));
    const bare = () => createHmac('sha256', 'a secret').update(JSON.stringify(payload)).digest('hex');
    expect(ratioOf(next, bare)).toBeLessThan(most);
  });
});
