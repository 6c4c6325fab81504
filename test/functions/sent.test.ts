import { describe, expect, it } from 'vitest';
import type { Provider } from '../../src/core/provider.js';
import { seededRandom } from '../../src/core/random.js';
import type { DeliveryEnded } from '../../src/core/run.js';
import { compileDelivery } from '../../src/delivery/compile.js';
import { findForgery, forgeries } from '../../src/forge/forgeries.js';
import { inapplicableReason } from '../../src/forge/inapplicableReason.js';
import { eventRules } from '../../src/policy/rules.js';
import { withFaults } from '../../src/simulate/faults.js';
import { planDeliveries } from '../../src/simulate/plan.js';
import { sendPlanned } from '../../src/simulate/simulate.js';
import { Transport } from '../../src/transport/transport.js';
import { customEquivalenceReason } from '../../src/verify/tryFunctions.js';
import { virtualClock } from '../retry/virtualClock.js';
import { captureServer } from '../support/capture.js';
import { acme, byWebCrypto, judgedByPython, secretOf } from './acme.js';

const secret = 'acme-secret-7f3k';
const body = Buffer.from('{"event":"order.created","b":[1.5,{"z":null,"a":"é ☕"}],"a":true}');
const otherBody = Buffer.from('{"event":"order.deleted"}');

interface Run {
  readonly provider?: Provider;
  readonly url: string;
  readonly secrets?: readonly string[];
  readonly forge?: string;
  readonly count?: number;
  readonly concurrency?: number;
  readonly retries?: number;
  readonly copies?: number;
}

async function run({ provider = acme(), url, secrets = [secret], forge, ...more }: Run): Promise<DeliveryEnded[]> {
  const clock = virtualClock(Date.parse('2026-03-04T05:00:00Z'));
  const make = compileDelivery({
    provider,
    event: 'order.created',
    variant: null,
    url,
    publicUrl: 'https://shop.example.com/in?a=1',
    secrets: secrets.map(secretOf),
    headers: [],
    forgery: forge === undefined ? null : findForgery(forge),
    otherBody,
  });
  const planned = planDeliveries({
    events: [
      {
        payload: { bytes: body, holes: [], eventTime: null },
        identityGroup: undefined,
        make,
        rules: eventRules(provider, provider.events['order.created']),
      },
    ],
    count: more.count ?? 1,
    fresh: 'ids',
    random: seededRandom(1),
    now: clock.now,
  });
  const ended: DeliveryEnded[] = [];
  for await (const event of sendPlanned({
    deliveries: withFaults(planned, { copies: more.copies ?? 1, fault: null }),
    transport: new Transport(),
    clock,
    concurrency: more.concurrency ?? 1,
    timeLimitMs: null,
    expect: null,
    ...(more.retries && { retry: { delaysMs: Array(more.retries).fill(60_000), speed: 1, respectsDisabling: false } }),
  }))
    if (event.type === 'delivery') ended.push(event);
  return ended;
}

const judge = (requests: Parameters<typeof judgedByPython>[0], key = secret) =>
  judgedByPython(requests, { url: 'https://shop.example.com/in?a=1', secret: key });

describe('what an asynchronous function signs', () => {
  it('is genuine to Python, as it came over the wire', async () => {
    const { url, requests } = await captureServer();
    await run({ url });
    expect(requests[0]!.header('X-Acme-Signature')).toMatch(/^t=1772600400,v1=[0-9a-f]{128}$/);
    expect(judge(requests)).toEqual([true]);
    expect(judge(requests, 'another')).toEqual([false]);
  });

  it('is signed with every active secret', async () => {
    const { url, requests } = await captureServer();
    await run({ url, secrets: [secret, 'old-secret'] });
    expect(requests[0]!.header('X-Acme-Signature')).toMatch(/^t=\d+,v1=\w{128},v1=\w{128}$/);
    expect([judge(requests), judge(requests, 'old-secret'), judge(requests, 'older')]).toEqual([
      [true],
      [true],
      [false],
    ]);
  });

  it('is called for one secret where the header tells one', async () => {
    const called: string[] = [];
    const counting = acme(
      ({ secret: key }) => {
        called.push(key);
        return 'x';
      },
      { headers: [['X-Acme', '{proof}']] },
    );
    const { url } = await captureServer();
    await run({ url, provider: counting, secrets: ['first', 'second'] });
    expect(called).toEqual(['first']);
  });

  it('is the same with the same seed, however many are under way and however long a function takes', async () => {
    let turn = 0;
    const slow = acme(async (request) => {
      await new Promise((resolve) => setTimeout(resolve, (turn++ * 7) % 5));
      return byWebCrypto(request);
    });
    const sent = async (concurrency: number) => {
      const { url, requests } = await captureServer();
      await run({ url, provider: slow, count: 12, concurrency, forge: 'random-signature' });
      return requests.map(({ header }) => `${header('X-Acme-Id')} ${header('X-Acme-Signature')}`).sort();
    };
    const first = await sent(1);
    expect(new Set(first).size).toBe(12);
    expect(await sent(5)).toEqual(first);
  });

  it('is copied where a delivery is sent more than once', async () => {
    const { url, requests } = await captureServer();
    await run({ url, count: 2, copies: 2 });
    expect(judge(requests)).toEqual([true, true, true, true]);
    expect(new Set(requests.map(({ header }) => header('X-Acme-Id'))).size).toBe(2);
  });

  it('is made anew at a retry, where the policy renews it', async () => {
    const { policy } = acme();
    const renewing = acme(byWebCrypto, {
      policy: { ...policy, resend: { value: ['times', 'signature'], certainty: 'inferred', source: 'x' } },
    });
    const { url, requests } = await captureServer('HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n');
    await run({ url, provider: renewing, retries: 2 });
    expect(requests.map(({ header }) => header('X-Acme-Signature')!.slice(0, 12))).toEqual([
      't=1772600400',
      't=1772600460',
      't=1772600520',
    ]);
    expect(new Set(requests.map(({ header }) => header('X-Acme-Id'))).size).toBe(1);
    expect(judge(requests)).toEqual([true, true, true]);
  });

  it('ends the run where it fails in the middle of it', async () => {
    let calls = 0;
    const failing = acme(async () => {
      if (++calls > 2) throw new Error(`no more of ${secret}`);
      return 'x';
    });
    const { url, requests } = await captureServer();
    await expect(run({ url, provider: failing, count: 5 })).rejects.toThrow(
      'Acme: the function of its signature proof threw an error: Error: no more of (secret).',
    );
    expect(requests).toHaveLength(2);
  });
});

describe('forgeries of what a function signs', () => {
  const known = forgeries.filter((forgery) => inapplicableReason(forgery, acme()) === null);
  const trial = (name: string, provider = acme()) =>
    customEquivalenceReason(
      {
        provider,
        event: 'order.created',
        variant: null,
        url: 'http://127.0.0.1/',
        secrets: [secretOf(secret)],
        headers: [],
        forgery: findForgery(name),
        otherBody,
      },
      body,
    );

  it('leave out what has no meaning for functions', () => {
    const out = forgeries.filter((forgery) => !known.includes(forgery)).map(({ name }) => name);
    expect(out).toEqual([
      'no-signature-object',
      'foreign-certificate',
      'wrong-case-signature',
      'unkeyed-hash',
      'sha1',
      'md5',
      'named-sha1',
      'named-none',
      'public-key-secret',
      'wrong-encoding',
      'uncovered-body',
      'uncovered-request',
      'stripped-digest',
      'only-weaker',
      'only-weaker-false',
      'only-stronger-false',
      'stronger-false',
      'timestamp-in-seconds',
    ]);
  });

  // The function of this provider parses the body, so that these can't be made.
  const unsignable = ['empty-secret', 'empty-body-signature', 'first-kib-signature'];
  // Equal JSON has an equal signature there.
  const equal = ['appended-byte', 'reserialised-body'];

  it.each(known.map(({ name }) => name).filter((name) => ![...unsignable, ...equal].includes(name)))(
    '%s is rejected by Python',
    async (name) => {
      expect(await trial(name)).toBeNull();
      const { url, requests } = await captureServer();
      await run({ url, forge: name });
      const isOld = name === 'stale-timestamp' || name === 'future-timestamp';
      expect(judge(requests)).toEqual([isOld || name.startsWith('timestamp-in-')]);
      if (isOld) expect(requests[0]!.header('X-Acme-Signature')).toMatch(/^t=17725968|^t=17726040/);
    },
  );

  it.each(equal)('%s is none for a function that sorts JSON', async (name) => {
    expect(await trial(name)).toBe('its function makes the same signature for it');
    const ofBytes = acme(({ secret: key, body: bytes }) => `${key.length}-${Buffer.from(bytes).toString('hex')}`);
    expect(await trial(name, ofBytes)).toBeNull();
  });

  it('empty-body-signature says what the function makes of it', async () => {
    await expect(trial('empty-body-signature')).rejects.toThrow(
      /^Acme: the function of its signature proof threw an error: SyntaxError: /,
    );
  });

  it('times are none where the function does not sign them', async () => {
    const timeless = acme(({ secret: key, body: bytes }) => `${key.length}-${Buffer.from(bytes).toString('hex')}`);
    for (const name of ['stale-timestamp', 'future-timestamp', 'unsigned-timestamp'])
      expect(await trial(name, timeless)).toBe('its function signs no timestamp');
  });

  it('another secret has the look of the right one, so that a function can decode it', async () => {
    const seen: string[] = [];
    const decoding = acme(({ secret: key, body: bytes }) => {
      if (!/^key_[0-9a-f]{16}$/.test(key)) throw new Error('not hex');
      seen.push(key);
      return `${key}${bytes.length}`.replace(/\W/g, '');
    });
    const { url } = await captureServer();
    await run({ url, provider: decoding, secrets: ['key_0123456789abcdef'], forge: 'wrong-secret' });
    expect(seen).toEqual(['key_0123457789abcdef']);
  });
});
