import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Provider } from '../../src/core/provider.js';
import { Transport } from '../../src/transport/transport.js';
import { verifyReceived } from '../../src/verify/verify.js';
import { github } from '../providers/github.js';
import { shopify } from '../providers/shopify.js';
import { slack } from '../providers/slack.js';
import { standardWebhooks } from '../providers/standardWebhooks.js';
import { stripe } from '../providers/stripe.js';
import { compileOne } from '../support/compile.js';
import { judgingServer } from '../support/judgingServer.js';
import {
  boltPackage,
  loadPackages,
  type OfficialVerifier,
  octokitPackage,
  shopifyPackage,
  standardWebhooksPackage,
  stripePackage,
} from './builtInVerifiers.js';
import { areInstalled } from './packages.js';

interface Row {
  readonly provider: Provider;
  readonly official: OfficialVerifier;
  readonly body: string;
  readonly secret: string;
  readonly otherSecret: string;
  /** The package's message about a signature that does not match. */
  readonly mismatch: RegExp;
  /** Its message about an old one; null where no time is signed. */
  readonly stale: RegExp | null;
}

const rows: readonly Row[] = [
  {
    provider: stripe,
    official: stripePackage,
    body: '{\n  "id": "evt_1",\n  "object": "event",\n  "type": "customer.created",\n  "data": { "object": { "name": "Ayu ☕" } }\n}',
    secret: 'whsec_51aUnused0000',
    otherSecret: 'whsec_51bUnused0000',
    mismatch: /No signatures found matching/,
    stale: /Timestamp outside the tolerance zone/,
  },
  {
    provider: github,
    official: octokitPackage,
    body: '{"ref":"refs/heads/main","head_commit":{"message":"café ☕"}}',
    secret: "It's a Secret to Everybody",
    otherSecret: "It's another Secret",
    mismatch: /not verified/,
    stale: null,
  },
  {
    provider: shopify,
    official: shopifyPackage,
    body: '{"id":820982911946154508,"note":"Größe 𝒳"}',
    secret: 'hush',
    otherSecret: 'hush-hush',
    mismatch: /invalid_hmac/,
    stale: null,
  },
  {
    provider: slack,
    official: boltPackage,
    body: '{"type":"event_callback","event":{"type":"app_mention","text":"<@U1> grüezi"}}',
    secret: '8f742231b10e8888abcd99yyyzzz85a5',
    otherSecret: '8f742231b10e8888abcd99yyyzzz85a6',
    mismatch: /signature mismatch/,
    stale: /request is stale/,
  },
  {
    provider: standardWebhooks,
    official: standardWebhooksPackage,
    body: '{"type":"contact.created","data":{"name":"Ayu Łęcka"}}',
    secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    otherSecret: 'whsec_c2VjcmV0LW9mLWEtcm90YXRlZC1lbmRwb2ludA==',
    mismatch: /No matching signature found/,
    stale: /Message timestamp too old/,
  },
];

const transport = new Transport();
afterAll(() => transport.close());
// The first load takes longer than a delivery may.
beforeAll(() => (areInstalled ? loadPackages() : undefined));

const changedByte = (body: Uint8Array) =>
  Buffer.from(Buffer.from(body).toString('latin1').replace('":', '";'), 'latin1');

describe.skipIf(!areInstalled).each(rows)('$provider.title, judged by its official package', (row) => {
  const { provider, official, body, secret, otherSecret, mismatch } = row;
  const receive = (expected = secret) => judgingServer((request) => official(request, expected));

  it('is accepted, and by our own verification', async () => {
    const receiver = await receive();
    const delivery = compileOne({ provider, body, secrets: [secret], url: receiver.url });
    expect(await transport.send(delivery, 5000)).toMatchObject({ status: 200, error: null });
    expect(receiver.verdicts).toEqual([null]);
    expect(receiver.received[0]!.body.toString()).toBe(body);
    expect(verifyReceived(provider, receiver.received[0]!, [secret])).toEqual({ ok: true });
  });

  it('is rejected with one changed byte', async () => {
    const receiver = await receive();
    const honest = compileOne({ provider, body, secrets: [secret], url: receiver.url });
    const delivery = { ...honest, body: changedByte(honest.body) };
    expect(delivery.body).toHaveLength(honest.body.length);
    expect(delivery.body).not.toEqual(honest.body);
    expect((await transport.send(delivery, 5000)).status).toBe(401);
    expect(receiver.verdicts).toEqual([expect.stringMatching(mismatch)]);
    expect(verifyReceived(provider, receiver.received[0]!, [secret]).ok).toBe(false);
  });

  it('is rejected with a wrong secret', async () => {
    const receiver = await receive();
    const delivery = compileOne({ provider, body, secrets: [otherSecret], url: receiver.url });
    expect((await transport.send(delivery, 5000)).status).toBe(401);
    expect(receiver.verdicts).toEqual([expect.stringMatching(mismatch)]);
    expect(verifyReceived(provider, receiver.received[0]!, [secret]).ok).toBe(false);
  });
});

describe.skipIf(!areInstalled).each(rows.filter(({ stale }) => stale))(
  '$provider.title, which signs the time',
  (row) => {
    it('is rejected with a time of ten minutes ago', async () => {
      const { provider, official, body, secret, stale } = row;
      const receiver = await judgingServer((request) => official(request, secret));
      const delivery = compileOne({ provider, body, secrets: [secret], url: receiver.url, now: Date.now() - 600_000 });
      expect((await transport.send(delivery, 5000)).status).toBe(401);
      expect(receiver.verdicts).toEqual([expect.stringMatching(stale!)]);
    });
  },
);

describe
  .skipIf(!areInstalled)
  .each(rows.filter(({ provider }) => provider === stripe || provider === standardWebhooks))(
  '$provider.title while the secret is rotated',
  ({ provider, official, body, secret, otherSecret, mismatch }) => {
    it.each([
      ['the new', secret],
      ['the old', otherSecret],
    ])('is accepted under %s secret', async (_, known) => {
      const receiver = await judgingServer((request) => official(request, known));
      const delivery = compileOne({ provider, body, secrets: [secret, otherSecret], url: receiver.url });
      expect((await transport.send(delivery, 5000)).status).toBe(200);
      expect(receiver.verdicts).toEqual([null]);
      expect(verifyReceived(provider, receiver.received[0]!, [known])).toEqual({ ok: true });
    });

    it('is rejected under a third', async () => {
      const third = `${secret.slice(0, -1)}A`;
      const receiver = await judgingServer((request) => official(request, third));
      const delivery = compileOne({ provider, body, secrets: [secret, otherSecret], url: receiver.url });
      expect((await transport.send(delivery, 5000)).status).toBe(401);
      expect(receiver.verdicts).toEqual([expect.stringMatching(mismatch)]);
      expect(verifyReceived(provider, receiver.received[0]!, [third]).ok).toBe(false);
    });
  },
);
