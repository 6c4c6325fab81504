import { describe, expect, it } from 'vitest';
import { createDelivery, defineProvider, listProviders, samplePayload, UsageError } from '../../src/index.js';
import { cli } from '../support/cli.js';
import { isGenuine, secret } from './proof.js';

const text = ({ body }: { body: Uint8Array }) => Buffer.from(body).toString();
const json = (delivery: { body: Uint8Array }) => JSON.parse(text(delivery));
const header = ({ headers }: { headers: readonly (readonly [string, string])[] }, name: string) =>
  headers.find(([each]) => each === name)?.[1];

const acme = defineProvider({
  name: 'acme',
  title: 'Acme',
  docs: 'https://acme.example/webhooks',
  defaultEvent: 'thing.made',
  secret: { label: 'Secret', env: [], sample: 'acme-sample' },
  method: 'POST',
  headers: [
    ['X-Acme-Event', '{event}'],
    ['X-Acme-Signature', '{signature}'],
  ],
  values: {},
  signatures: { signature: { scheme: 'hmac', hash: 'sha256', content: '{body}', encoding: 'base64' } },
  dialect: 'python',
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

describe('createDelivery', () => {
  it('makes a finished, frozen, signed request', async () => {
    const delivery = await createDelivery({
      provider: 'scalev',
      event: 'order.created',
      url: 'https://example.com/hooks?a=1',
      secret,
    });
    expect(delivery).toMatchObject({
      provider: 'scalev',
      event: 'order.created',
      variant: null,
      forge: null,
      method: 'POST',
      url: 'https://example.com/hooks?a=1',
      framing: 'length',
      secretHeaders: [],
      secretParameters: [],
    });
    expect(delivery.headers.map(([name]) => name)).toEqual(['Content-Type', 'X-Scalev-Hmac-Sha256']);
    expect(isGenuine(header(delivery, 'X-Scalev-Hmac-Sha256'), delivery.body)).toBe(true);
    expect(json(delivery).event).toBe('order.created');
    expect(Object.isFrozen(delivery)).toBe(true);
  });

  it.each(listProviders().map(({ name, defaultEvent }) => [name, defaultEvent]))(
    'takes the defaultEvent of %s: %s',
    async (name, defaultEvent) => {
      expect(await createDelivery({ provider: name as 'scalev' })).toMatchObject({
        provider: name,
        event: defaultEvent,
      });
    },
  );

  it('makes the same bytes as the command line, by seed and time', async () => {
    const { json: lines } = await cli(
      'send webconnex registration --to http://localhost/ --seed 7 --now 2026-02-03T04:05:06Z --dry-run --json'.split(
        ' ',
      ),
    );
    const delivery = await createDelivery({
      provider: 'webconnex',
      event: 'registration',
      url: 'http://localhost/',
      seed: 7,
      now: '2026-02-03T04:05:06Z',
    });
    const request = lines[0].request;
    expect(Buffer.from(delivery.body).toString('base64')).toBe(
      request.bodyBase64 ?? Buffer.from(request.body).toString('base64'),
    );
    expect(delivery.headers).toEqual(request.headers);
    const [first, second] = await Promise.all([
      createDelivery({ provider: 'scalev' }),
      createDelivery({ provider: 'scalev' }),
    ]);
    expect(first.id).not.toBe(second.id);
    expect(text(first)).not.toBe(text(second));
  });

  it('takes the time as a Date, as milliseconds and as text', async () => {
    const bodies = await Promise.all(
      [new Date('2026-02-03T04:05:06Z'), 1770091506000, '2026-02-03T04:05:06Z'].map(async (now) =>
        text(await createDelivery({ provider: 'scalev', seed: 1, now })),
      ),
    );
    expect(new Set(bodies).size).toBe(1);
    expect(bodies[0]).toContain('2026-02-03T04:05:06');
  });

  it('sets, removes, and takes a payload or a body of one’s own', async () => {
    const edited = await createDelivery({
      provider: 'scalev',
      event: 'order.created',
      set: { 'data.status': 'paid', 'data.final_variants': { Kopi: 2 }, 'data.store.name': null },
      unset: ['data.order_id'],
      secret,
    });
    expect(json(edited).data).toMatchObject({ status: 'paid', final_variants: { Kopi: 2 }, store: { name: null } });
    expect('order_id' in json(edited).data).toBe(false);
    expect(isGenuine(header(edited, 'X-Scalev-Hmac-Sha256'), edited.body)).toBe(true);

    const delivery = await createDelivery({ provider: 'scalev', payload: { event: 'order.created', n: 1.5 } });
    expect(text(delivery)).toBe('{"event":"order.created","n":1.5}');
    const changed = await createDelivery({
      provider: 'scalev',
      event: 'order.created',
      payload: async (sample: unknown) => ({ ...(sample as object), more: true }),
    });
    expect(json(changed)).toMatchObject({ event: 'order.created', more: true });
    const bytes = Buffer.from([0xff, 0, 0x22]);
    const raw = await createDelivery({ provider: 'scalev', body: bytes, secret });
    expect([...raw.body]).toEqual([0xff, 0, 0x22]);
    bytes[0] = 0;
    expect(raw.body[0]).toBe(0xff);
    expect(isGenuine(header(raw, 'X-Scalev-Hmac-Sha256'), raw.body)).toBe(true);
  });

  it('takes several secrets, own headers, a variant, a dialect, a forgery', async () => {
    const delivery = await createDelivery({
      provider: 'scalev',
      event: 'order.created',
      variant: 'legacy-2025',
      header: { 'X-Mine': 'a', Cookie: 'b' },
      dialect: 'pretty',
      forge: 'no-signature',
      secret: [secret, 'older'],
      exact: true,
    });
    expect(delivery).toMatchObject({ variant: 'legacy-2025', forge: 'no-signature', secretHeaders: ['cookie'] });
    expect(delivery.headers).toEqual([
      ['Content-Type', 'application/json'],
      ['X-Mine', 'a'],
      ['Cookie', 'b'],
    ]);
    expect(text(delivery)).toMatch(/^\{\n/);
    expect(json(delivery)).toEqual(
      await samplePayload({ provider: 'scalev', event: 'order.created', variant: 'legacy-2025' }),
    );
  });

  it('takes a provider of one’s own', async () => {
    const delivery = await createDelivery({ provider: acme, payload: { event: 'thing.made', n: 1 }, secret });
    expect(text(delivery)).toBe('{"event": "thing.made", "n": 1}');
    expect(header(delivery, 'X-Acme-Event')).toBe('thing.made');
    expect(isGenuine(header(delivery, 'X-Acme-Signature'), delivery.body)).toBe(true);
    await expect(createDelivery({ provider: acme })).rejects.toMatchObject({ code: 'NO_PAYLOAD' });
    await expect(
      createDelivery({ provider: { ...acme, methd: 'POST', defaultEvent: 'thing' } as never }),
    ).rejects.toThrow(/provider acme: methd: unknown key/);
  });

  it.each<[string, object, string]>([
    ['an unknown provider', { provider: 'scalv' }, 'There is no provider scalv. Did you mean scalev?'],
    ['no provider', { provider: undefined }, 'Which provider?'],
    ['an unknown event', { event: 'order.craeted' }, 'Scalev has no event order.craeted. Did you mean order.created?'],
    [
      'an unknown variant',
      { event: 'order.created', variant: 'legacy' },
      'has no variant legacy. Did you mean legacy-2025?',
    ],
    ['an unknown forgery', { forge: 'wrong-secrt' }, 'There is no forgery wrong-secrt. Did you mean wrong-secret'],
    ['a forgery that is none', { forge: 'sample-secret' }, "sample-secret can't be made for Scalev"],
    [
      'a secret that is undefined',
      { secret: undefined },
      'secret: there is nothing in it. Is the variable that it comes from set?',
    ],
    ['an empty secret', { secret: '' }, 'secret: there is nothing in it.'],
    ['no secret in a list', { secret: [] }, 'secret: there is nothing in it.'],
    [
      'a reference to a secret',
      { secret: 'env:MINE' },
      'the library reads no env: for you. Give what the variable MINE holds.',
    ],
    ['an unknown path', { set: { 'data.statsu': 'x' } }, 'data.status'],
    ['an unknown path to remove', { unset: ['data.statsu'] }, 'data.status'],
    ['a payload and a body', { payload: {}, body: '' }, "body is sent as it is, so payload can't change it."],
    ['a change of a body', { set: { event: 'x' }, body: '' }, "body is sent as it is, so set can't change it."],
    ['a bad header', { header: { 'Content-Length': '3' } }, 'The header Content-Length is set by HTTP itself'],
    ['a bad URL', { url: 'ftp://example.com' }, "A webhook can't be sent to ftp:"],
    ['a bad time', { now: 'soon' }, 'now: "soon" is not a time. Write 2026-01-31T12:00:00Z or Unix seconds.'],
    ['a time in seconds', { now: 1770091506 }, 'now: 1770091506 is not between 2001-09-10 and 2286-11-20.'],
  ])('rejects %s', async (_, options, message) => {
    const delivery = createDelivery({ provider: 'scalev', ...options } as never);
    await expect(delivery).rejects.toThrow(message);
    await expect(delivery).rejects.toBeInstanceOf(UsageError);
  });
});
