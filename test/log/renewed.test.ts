import { describe, expect, it } from 'vitest';
import { readKept } from '../../src/cli/log/kept.js';
import { recordLine } from '../../src/cli/log/record.js';
import { keptRequest } from '../../src/cli/resend/keptRequest.js';
import { type ResendOptions, resendDelivery } from '../../src/cli/resend/resendDelivery.js';
import type { Delivery } from '../../src/core/delivery.js';
import type { Provider } from '../../src/core/provider.js';
import { seededRandom } from '../../src/core/random.js';
import { standardWebhooksPackage } from '../providers/officialVerifiers.js';
import { standardWebhooks } from '../providers/standardWebhooks.js';
import { compileOne } from '../support/compile.js';

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const body = '{"type":"contact.created","data":{"name":"Zoë ☕"}}';
const [then, now] = [1_700_000_000_000, 1_700_003_600_000];
const [sentAt, resentAt] = ['1700000000', '1700003600'];

const compiled = (provider: Provider, headers: readonly [string, string][] = []) =>
  compileOne({ provider, body, secrets: [secret], now: then, url: 'http://127.0.0.1:9/hook', headers });

/** The delivery as the log has it, made ready once more. */
function resent(provider: Provider, delivery: Delivery, options: Partial<ResendOptions> = {}) {
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
      secrets: [secret],
      resendOf: null,
    },
    { key: '0123456789ab', run: 'ba9876543210' },
  );
  return resendDelivery(keptRequest(readKept(line)!), {
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
    warn: () => {},
    ...options,
  });
}

const header = ({ headers }: Delivery, name: string) => headers.find(([key]) => key === name)?.[1];
const renewing = (...value: ('times' | 'values' | 'signature' | 'body')[]): Provider => ({
  ...standardWebhooks,
  policy: { ...standardWebhooks.policy, resend: { value, certainty: 'documented', source: '' } },
});
const verified = (delivery: Delivery) =>
  standardWebhooksPackage({
    headers: Object.fromEntries(delivery.headers),
    body: Buffer.from(delivery.body).toString(),
    secret,
  } as never);

describe('a resend renews what the provider does:', () => {
  it('the time and what signs it, but not the id', () => {
    const delivery = compiled(standardWebhooks, [
      ['X-Own', 'kept'],
      ['content-type', 'application/cloudevents+json'],
    ]);
    const again = resent(standardWebhooks, delivery);
    expect(again).toMatchObject({ isRenewed: true, isSigned: true });
    expect(header(delivery, 'webhook-timestamp')).toBe(sentAt);
    expect(header(again.delivery, 'webhook-timestamp')).toBe(resentAt);
    expect(header(again.delivery, 'webhook-id')).toBe(header(delivery, 'webhook-id'));
    expect(header(again.delivery, 'webhook-signature')).not.toBe(header(delivery, 'webhook-signature'));
    expect(header(again.delivery, 'X-Own')).toBe('kept');
    expect(header(again.delivery, 'content-type')).toBe('application/cloudevents+json');
    expect(again.delivery.headers.map(([name]) => name)).toEqual(delivery.headers.map(([name]) => name));
    expect(Buffer.from(again.delivery.body).toString()).toBe(body);
    expect(again.delivery.id).toBe(delivery.id);
  });
});
void verified;
void renewing;
