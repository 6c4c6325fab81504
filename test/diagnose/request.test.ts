import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Header } from '../../src/core/delivery.js';
import type { Provider } from '../../src/core/provider.js';
import { github } from '../providers/github.js';
import { shopify } from '../providers/shopify.js';
import { slack } from '../providers/slack.js';
import { stripe } from '../providers/stripe.js';
import { vectors } from '../providers/vectors.js';
import { bharatcart, covver, fiveProviders, scalev, webconnex } from '../support/providers.js';
import { captured, diagnosed, hmac, namesOf, secret } from './support.js';

/** Each provider's signature of a body by Node's own HMAC. */
const signatures: Record<string, (body: string, key: string) => Header[]> = {
  scalev: (body, key) => [['X-Scalev-Hmac-Sha256', hmac(key, body).toString('base64')]],
  bharatcart: (body, key) => [['X-Webhook-Signature', hmac(key, body).toString('hex')]],
  covver: (body, key) => [['covverSignature', hmac(key, body).toString('base64')]],
  webconnex: (body, key) => [['X-Webconnex-Signature', hmac(key, body).toString('hex')]],
  commercelayer: (body, key) => [['X-CommerceLayer-Signature', hmac(key, body).toString('base64')]],
};
const key = '0123456789abcdef0123456789abcdef';
const body = '{"event":"café ☕"}';

describe('a genuine request', () => {
  it.each([...fiveProviders])('of $title', async (provider) => {
    const headers = signatures[provider.name]!(body, key);
    const diagnosis = await diagnosed({ provider, headers, body: Buffer.from(body), secrets: [key] });
    expect(diagnosis).toMatchObject({ genuine: true, findings: [], problems: [], over: 'raw', secret: { place: 0 } });
    expect((await diagnosed({ provider, headers, body: Buffer.from(`${body}x`), secrets: [key] })).genuine).toBe(false);
  });

  it.each(vectors)('$title', async ({ provider, headers, body: text, secret: published, now = 0 }) => {
    const given = { provider, headers, body: Buffer.from(text), secrets: [published], now };
    expect(await diagnosed(given)).toMatchObject({ genuine: true, findings: [] });
    const signature = headers
      .at(-1)![1]
      .replace(/,v0=.*/, '')
      .replace(/^t=\d+,v1=/, '');
    expect((await diagnosed({ ...given, computed: signature })).genuine).toBe(true);
  });

  it('says which of several secrets fits', async () => {
    const headers = signatures.scalev!(body, 'old');
    const diagnosis = await diagnosed({ provider: scalev, headers, body: Buffer.from(body), secrets: ['new', 'old'] });
    expect(diagnosis).toMatchObject({
      genuine: true,
      secret: { place: 1, fingerprint: expect.stringMatching(/^[0-9a-f]{8}$/) },
    });
  });

  it('of Covver may be laid out anew, for its verifier parses it', async () => {
    const headers = signatures.covver!(body, key);
    const pretty = Buffer.from(JSON.stringify(JSON.parse(body), null, 2));
    const given = { provider: covver, headers, body: pretty, secrets: [key] };
    expect(await diagnosed(given)).toMatchObject({ genuine: true, over: 'restringified' });
    const computed = hmac(key, body).toString('base64');
    expect(await diagnosed({ ...given, computed })).toMatchObject({ genuine: true, requestFits: true });
    expect((await diagnosed({ ...given, provider: scalev, headers: signatures.scalev!(body, key) })).genuine).toBe(
      false,
    );
  });

  it('carries the secret itself, where a provider sends a token', async () => {
    const provider: Provider = { ...scalev, headers: [['X-Gitlab-Token', '{secret}']], signatures: {} };
    const given = { provider, headers: [['X-Gitlab-Token', 'abc']] as Header[] };
    expect((await diagnosed({ ...given, secrets: ['abc'] })).genuine).toBe(true);
    expect(namesOf(await diagnosed({ ...given, secrets: ['abc\n'] }))).toEqual(['secret-trimmed']);
    expect(namesOf(await diagnosed({ ...given, secrets: ['other'] }))).toEqual([]);
  });
});

describe('the time', () => {
  const timestamp = 1_700_000_000;
  const headers: Header[] = [
    ['Stripe-Signature', `t=${timestamp},v1=${hmac('k', `${timestamp}.${body}`).toString('hex')}`],
  ];
  const given = { provider: stripe, headers, body: Buffer.from(body), secrets: ['k'] };
  it.each([
    [0, true],
    [300_000, true],
    [300_001, false],
    [-300_000, true],
    [-300_001, false],
  ])('%d ms later', async (later, genuine) => {
    const diagnosis = await diagnosed({ ...given, now: timestamp * 1000 + later });
    expect(diagnosis).toMatchObject({
      genuine,
      time: { header: 'Stripe-Signature', ageMs: later, toleranceMs: 300_000 },
    });
  });
});

describe('the headers, before anything is tried', () => {
  const right = hmac(key, body).toString('base64');
  const said = async (headers: readonly Header[], provider: Provider = scalev) =>
    (await diagnosed({ provider, headers, body: Buffer.from(body), secrets: [key] })).problems.map(
      ({ problem, near }) => [problem, ...near],
    );

  it.each<[string, Header[], string[][]]>([
    ['missing', [['Content-Type', 'application/json']], [['missing']]],
    [
      'renamed',
      [
        ['X-Scalev-Signature', right],
        ['Accept', '*/*'],
      ],
      [['missing', 'X-Scalev-Signature']],
    ],
    ['as CGI names it', [['HTTP_X_SCALEV_HMAC_SHA256', right]], [['missing', 'HTTP_X_SCALEV_HMAC_SHA256']]],
    ['empty', [['X-Scalev-Hmac-Sha256', '']], [['empty']]],
    [
      'doubled',
      [
        ['X-Scalev-Hmac-Sha256', right],
        ['x-scalev-hmac-sha256', right],
      ],
      [['doubled']],
    ],
    ['masked', [['X-Scalev-Hmac-Sha256', '(secret 0123abcd)']], [['masked']]],
  ])('%s', async (_, headers, problems) => {
    expect(await said(headers)).toEqual(problems);
  });

  it('of another form, and a time that is missing', async () => {
    expect(await said([['X-Slack-Signature', `v1=${right}`]], slack)).toEqual([['missing'], ['malformed']]);
  });

  it('reads a doubled header with two different values, and says which fits', async () => {
    const headers: Header[] = [
      ['X-Scalev-Hmac-Sha256', hmac('x', body).toString('base64')],
      ['X-Scalev-Hmac-Sha256', right],
    ];
    expect(namesOf(await diagnosed({ provider: scalev, headers, body: Buffer.from(body), secrets: [key] }))).toEqual([
      'header-doubled',
    ]);
  });
});

describe('a value that the receiver computed', () => {
  const right = hmac(key, body);
  const given = { provider: scalev, body: Buffer.from(body), secrets: [key] };

  it('is right, so that the comparison is wrong', async () => {
    const headers = signatures.scalev!(body, key);
    const diagnosis = await diagnosed({ ...given, headers, computed: right.toString('base64') });
    expect(diagnosis).toMatchObject({ genuine: true, requestFits: true });
    expect(namesOf(diagnosis)).toEqual(['computed-right']);
  });

  it('is right, but the header is not', async () => {
    const headers = signatures.scalev!(body, 'another');
    const diagnosis = await diagnosed({ ...given, headers, computed: right.toString('base64') });
    expect(diagnosis).toMatchObject({ genuine: true, requestFits: false });
    expect(namesOf(diagnosis)).toEqual(['computed-right-header-wrong']);
  });

  it('needs no signature in the request', async () => {
    expect(await diagnosed({ ...given, headers: [], computed: right.toString('base64') })).toMatchObject({
      genuine: true,
      findings: [],
      problems: [],
    });
    expect(namesOf(await diagnosed({ ...given, headers: [], computed: right.toString('hex') }))).toEqual([
      'encoding-hex',
    ]);
  });

  it('is taken under the secret that the request fits', async () => {
    const headers = signatures.scalev!(body, 'old');
    const more = { ...given, headers, secrets: ['new', 'old'] };
    expect(namesOf(await diagnosed({ ...more, computed: hmac('new', body).toString('base64') }))).toEqual([
      'secret-other',
    ]);
  });

  it('may be the whole text of the header', async () => {
    const hex = hmac('k', body).toString('hex');
    const provider: Provider = {
      ...github,
      headers: [['X-Hub-Signature-256', 'sha256={sha256}']],
      signatures: { sha256: github.signatures.sha256! },
    };
    for (const computed of [hex, `sha256=${hex}`]) {
      expect(
        (await diagnosed({ provider, headers: [], body: Buffer.from(body), secrets: ['k'], computed })).genuine,
      ).toBe(true);
    }
  });
});

describe('a provider with two signatures', () => {
  it('is explained by the one that does not fit', async () => {
    const headers: Header[] = [
      ['X-Hub-Signature', `sha1=${'0'.repeat(40)}`],
      ['X-Hub-Signature-256', `sha256=${hmac(key, body).toString('base64')}`],
    ];
    expect(namesOf(await diagnosed({ provider: github, headers, body: Buffer.from(body), secrets: [key] }))).toEqual([
      'encoding-base64',
    ]);
  });
});

describe('what nothing explains', () => {
  it('is counted, with what to look at next', async () => {
    const headers = signatures.webconnex!(body, 'something else');
    const diagnosis = await diagnosed({ provider: webconnex, headers, body: Buffer.from(body), secrets: ['short'] });
    expect(diagnosis).toMatchObject({ genuine: false, findings: [], complete: true });
    for (const name of ['secret', 'body', 'content', 'algorithm', 'pairs'])
      expect(diagnosis.tried[name], name).toBeGreaterThan(10);
    expect(diagnosis.next.join(' ')).toContain('32 hexadecimal digits');
    expect(diagnosis.expected).toBe(hmac('short', body).toString('hex'));
  });

  it('is the same each time', async () => {
    const given = { provider: bharatcart, headers: signatures.bharatcart!(body, 'x'), body: captured };
    expect(await diagnosed(given)).toEqual(await diagnosed(given));
  });
});

describe('a secret', () => {
  it('is in no diagnosis', async () => {
    const canary = 'CANARY_7f3a"x#y z';
    const others = [secret('CANARY_other', 'env:SCALEV_CLIENT_SECRET')];
    for (const used of [canary, `${canary}\n`, canary.split('_')[1]!, `"${canary}"`, 'CANARY_other', 'elsewhere']) {
      for (const computed of [undefined, hmac(used, body).toString('hex')]) {
        const diagnosis = await diagnosed({
          provider: scalev,
          headers: [['X-Scalev-Hmac-Sha256', hmac(used, body).toString('base64')]],
          body: Buffer.from(body),
          secrets: [canary],
          others,
          ...(computed !== undefined && { computed }),
        });
        expect(JSON.stringify(diagnosis)).not.toMatch(/CANARY|7f3a/);
      }
    }
  });
});

describe('large and hostile input', () => {
  /** Seconds of the processor: what a busy machine does meanwhile does not count. */
  const seconds = async (work: () => unknown) => {
    const start = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1e6;
  };
  const wrong: Header[] = [['X-Scalev-Hmac-Sha256', hmac('unknown', 'x').toString('base64')]];

  it.each([
    ['white space', Buffer.from(`${' '.repeat(300_000)}x${' '.repeat(300_000)}x`)],
    ['brackets', Buffer.alloc(500_000, '[')],
    ['quotes', Buffer.alloc(500_000, '"\\')],
    ['zeros', Buffer.alloc(500_000)],
    ['a gzip bomb', gzipSync(Buffer.alloc(64 << 20))],
    ['random bytes', hmac('a', 'b')],
    ['nothing', Buffer.alloc(0)],
  ])('%s', async (_, bytes) => {
    const taken = await seconds(async () =>
      expect((await diagnosed({ provider: scalev, headers: wrong, body: bytes })).findings).toEqual([]),
    );
    expect(taken).toBeLessThan(15);
  });

  it('headers of any kind', async () => {
    const texts = ['v1=a,', '=', '"', '%', ' ', 'a', ',', '\u0000', 'é', '{signature}'].map((text) =>
      text.repeat(50_000),
    );
    for (const provider of [scalev, stripe, slack, shopify]) {
      for (const text of texts) {
        const headers = provider.headers.map(([name]): Header => [name, text]);
        expect((await diagnosed({ provider, headers, body: Buffer.from('{}') })).genuine).toBe(false);
        expect((await diagnosed({ provider, headers, body: Buffer.from('{}'), computed: text })).genuine).toBe(false);
      }
    }
  });
});
