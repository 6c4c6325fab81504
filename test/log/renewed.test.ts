import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { flagName } from '../../src/cli/options/flags.js';
import type { Delivery } from '../../src/core/delivery.js';
import type { Renewal } from '../../src/core/policy.js';
import type { Provider } from '../../src/core/provider.js';
import { seededRandom } from '../../src/core/random.js';
import { SecretMask } from '../../src/core/secretMask.js';
import { readLogEntry } from '../../src/history/readLog.js';
import { recordLine } from '../../src/history/record.js';
import { createDelivery } from '../../src/index.js';
import { EventMask } from '../../src/report/shared/eventMask.js';
import { keptRequest } from '../../src/session/resend/keptRequest.js';
import { type ResendDeliveryOptions, resendDelivery } from '../../src/session/resend/resendDelivery.js';
import { acme, judgedByPython } from '../functions/acme.js';
import { standardWebhooks } from '../providers/standardWebhooks.js';
import { compileOne } from '../support/compile.js';
import { hmacTools } from '../wire/hmacTools.js';

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const body = '{"type":"contact.created","data":{"name":"Zoë ☕"}}';
const now = Date.now();
const then = now - 3_600_000;

const compiled = (provider: Provider, headers: readonly [string, string][] = []) =>
  compileOne({ provider, body, secrets: [secret], now: then, url: 'http://127.0.0.1:9/hook', headers });

/** The delivery as the log has it, made ready once more. */
function resent(provider: Provider, delivery: Delivery, options: Partial<ResendDeliveryOptions> = {}) {
  const line = recordLine(
    {
      event: {
        type: 'delivery',
        delivery,
        attempts: [
          {
            number: 1,
            scheduledAtMs: 0,
            startedAt: new Date(then).toISOString(),
            remoteAddress: null,
            status: 200,
            timing: {
              dnsMs: null,
              connectMs: null,
              tlsMs: null,
              sendMs: null,
              waitMs: null,
              receiveMs: null,
              totalMs: 1,
              reused: false,
            },
            response: null,
            error: null,
          },
        ],
        outcome: 'accepted',
        ok: true,
      },
      target: null,
      route: { socketPath: null, resolve: {} },
      mask: new EventMask(new SecretMask([secret])),
      resendOf: null,
    },
    { key: '0123456789ab', run: 'ba9876543210', command: 'send' },
  );
  return resendDelivery(keptRequest(readLogEntry(line)!), {
    provider,
    secrets: [{ value: secret, source: 'env:S', isSample: false }],
    url: delivery.url,
    now,
    random: seededRandom(2),
    typed: [],
    ofTarget: [],
    secretNames: [],
    exact: false,
    signsAnew: false,
    nameOf: flagName,
    warn: () => {},
    ...options,
  });
}

const header = ({ headers }: Delivery, name: string) => headers.find(([key]) => key === name)?.[1];
const renewing = (...value: Renewal[]): Provider => ({
  ...standardWebhooks,
  policy: { ...standardWebhooks.policy, resend: { value, certainty: 'documented', source: '' } },
});
/** The provider's own package; it takes no message that is older than five minutes. */
const verify = (delivery: Delivery, key = secret) =>
  new Webhook(key).verify(Buffer.from(delivery.body).toString(), Object.fromEntries(delivery.headers));

describe('a resend renews what the provider does:', () => {
  it('the time and what signs it, but not the id', async () => {
    const delivery = compiled(standardWebhooks, [
      ['X-Own', 'kept'],
      ['content-type', 'application/cloudevents+json'],
    ]);
    const again = await resent(standardWebhooks, delivery);
    expect(again).toMatchObject({ isRenewed: true, isSigned: true });
    expect(header(delivery, 'webhook-timestamp')).toBe(String(Math.floor(then / 1000)));
    expect(header(again.delivery, 'webhook-timestamp')).toBe(String(Math.floor(now / 1000)));
    expect(header(again.delivery, 'webhook-id')).toBe(header(delivery, 'webhook-id'));
    expect(() => verify(delivery)).toThrow('Message timestamp too old');
    expect(verify(again.delivery)).toEqual(JSON.parse(body));
    expect(header(again.delivery, 'X-Own')).toBe('kept');
    expect(header(again.delivery, 'content-type')).toBe('application/cloudevents+json');
    expect(again.delivery.headers.map(([name]) => name)).toEqual(delivery.headers.map(([name]) => name));
    expect(Buffer.from(again.delivery.body).toString()).toBe(body);
    expect(again.delivery.id).toBe(delivery.id);
  });

  it('all values', async () => {
    const delivery = compiled(renewing('values', 'signature'));
    const again = await resent(renewing('values', 'signature'), delivery);
    expect(header(again.delivery, 'webhook-id')).not.toBe(header(delivery, 'webhook-id'));
    expect(verify(again.delivery)).toEqual(JSON.parse(body));
  });

  it('nothing, where it is the same delivery', async () => {
    const delivery = compiled(renewing());
    expect(await resent(renewing(), delivery)).toMatchObject({
      delivery: { headers: delivery.headers, url: delivery.url, method: 'POST', framing: 'length' },
      isRenewed: false,
      isSigned: true,
    });
  });

  it('nothing with exact, and nothing of a forgery', async () => {
    const delivery = compiled(standardWebhooks);
    expect((await resent(standardWebhooks, delivery, { exact: true })).delivery.headers).toEqual(delivery.headers);
    const forged = { ...delivery, forge: 'stale-timestamp' };
    expect((await resent(standardWebhooks, forged)).delivery.headers).toEqual(delivery.headers);
  });

  it('with the secret that is named to sign anew, and no other', async () => {
    const other = { value: 'whsec_b3RoZXJvdGhlcm90aGVyb3RoZXI=', source: 'env:OTHER', isSample: false };
    const delivery = compiled(standardWebhooks);
    await expect(resent(standardWebhooks, delivery, { secrets: [other] })).rejects.toThrow(
      'Standard Webhooks renews parts of 01234567, but it was not signed with the secret of env:OTHER. Name the one to sign with: --secret. Or send it as it was: --exact.',
    );
    const again = await resent(standardWebhooks, delivery, { secrets: [other], signsAnew: true });
    expect(verify(again.delivery, other.value)).toEqual(JSON.parse(body));
    expect(() => verify(again.delivery)).toThrow('No matching signature found');
  });

  it('what it adds to the query, once', async () => {
    const inQuery: Provider = {
      ...renewing('times', 'signature'),
      query: [
        ['at', '{timestamp}'],
        ['sig', '{signature}'],
      ],
    };
    const delivery = compileOne({
      provider: inQuery,
      body,
      secrets: [secret],
      now: then,
      url: 'http://127.0.0.1:9/hook?a=1',
    });
    const queryAt = (at: number) => new RegExp(`^\\?a=1&at=${Math.floor(at / 1000)}&sig=[\\w%]+$`);
    const searchOf = ({ url }: Delivery) => new URL(url).search;
    const address = 'http://127.0.0.1:9/hook?a=1';
    expect(searchOf(delivery)).toMatch(queryAt(then));
    const again = await resent(inQuery, delivery, { url: address });
    expect(again).toMatchObject({ isRenewed: true, isSigned: true });
    expect(searchOf(again.delivery)).toMatch(queryAt(now));
    // With nothing made anew its part of the query stays, wherever it goes.
    expect((await resent(inQuery, delivery, { url: address, exact: true })).delivery.url).toBe(delivery.url);
    const elsewhere = await resent(inQuery, delivery, { url: 'http://127.0.0.1:8/', exact: true });
    expect(elsewhere.delivery.url).toBe(`http://127.0.0.1:8/${searchOf(delivery).replace('a=1&', '')}`);
  });

  it('the signature where another URL is signed', async () => {
    const signingUrl: Provider = {
      ...renewing(),
      signatures: { signature: { scheme: 'hmac', hash: 'sha256', content: '{url}{body}', encoding: 'base64' } },
    };
    const delivery = compiled(signingUrl);
    const mac = (url: string) => `v1,${hmacTools.python3!(secret, Buffer.from(url + body))}`;
    expect(header(delivery, 'webhook-signature')).toBe(mac('http://127.0.0.1:9/hook'));
    expect((await resent(signingUrl, delivery)).delivery.headers).toEqual(delivery.headers);
    const { delivery: moved } = await resent(signingUrl, delivery, { url: 'http://127.0.0.1:8/other' });
    expect(header(moved, 'webhook-signature')).toBe(mac('http://127.0.0.1:8/other'));
    expect(header(moved, 'webhook-id')).toBe(header(delivery, 'webhook-id'));
  });

  it('the signature of a function, which may cover the URL', async () => {
    const provider = acme();
    const to = { provider, url: 'http://127.0.0.1:9/hook', secret };
    const delivery = await createDelivery({ ...to, body: '{"event":"order.created","é":[2,1]}', now: new Date(then) });
    expect((await resent(provider, delivery)).delivery.headers).toEqual(delivery.headers);
    const url = 'http://127.0.0.1:8/other';
    const { delivery: moved, isRenewed, isSigned } = await resent(provider, delivery, { url });
    expect([isRenewed, isSigned]).toEqual([true, true]);
    expect(judgedByPython([moved], { url, secret })).toEqual([true]);
    expect(judgedByPython([delivery], { url, secret })).toEqual([false]);
    expect(header(moved, 'X-Acme-Id')).toBe(header(delivery, 'X-Acme-Id'));
    const other = [{ value: 'other', source: 'env:OTHER', isSample: false }];
    await expect(resent(provider, delivery, { url, secrets: other })).rejects.toThrow(
      /not signed with the secret of env/,
    );
  });

  it('and puts a secret that stands in a header back into its place', async () => {
    const telling: Provider = { ...renewing(), headers: [...standardWebhooks.headers, ['X-Shared', 'key {secret}']] };
    const delivery = compiled(telling);
    expect(header(delivery, 'X-Shared')).toBe(`key ${secret}`);
    const { delivery: again } = await resent(telling, delivery);
    expect(again.headers).toEqual(delivery.headers);
    expect(again.secretHeaders).toContain('x-shared');
    const other = { value: 'whsec_b3RoZXJvdGhlcm90aGVyb3RoZXI=', source: 'env:OTHER', isSample: false };
    await expect(resent(telling, delivery, { secrets: [other], exact: true })).rejects.toThrow(
      'The value of the header X-Shared of 01234567 is secret, was not kept, and is another now.',
    );
  });
});
