import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Header } from '../../../src/core/delivery.js';
import { findScheme } from '../../../src/infer/findScheme.js';
import { expectLinear } from '../../support/expectLinear.js';

const secret = 'its secret';
const hmac = (body: string | Uint8Array, key = secret) => createHmac('sha256', key).update(body).digest('hex');
const find = (
  headers: readonly Header[],
  body: string | Uint8Array,
  secrets: readonly string[] = [secret],
  url: string | null = 'https://a.example/',
) => findScheme({ method: 'POST', url, headers, body: Buffer.from(body as Uint8Array) }, secrets);
const proven = ({ proofs }: ReturnType<typeof find>) => proofs.filter(({ certainty }) => certainty !== 'guessed');

describe('nothing is claimed that is not proven', () => {
  const body = '{"type":"order.created"}';

  it('a wrong secret: the shape alone, and it is said so', () => {
    const found = find([['X-Signature-256', `sha256=${hmac(body)}`]], body, ['wrong']);
    expect(found.proofs).toEqual([
      {
        name: 'signature',
        where: 'the header X-Signature-256',
        options: { scheme: 'hmac', hash: 'sha256', content: '{body}', encoding: 'hex' },
        secretAt: null,
        certainty: 'guessed',
      },
    ]);
    expect(found.headers).toEqual([['X-Signature-256', 'sha256={signature}']]);
    expect(found.notes[0]).toMatch(/^None of the secrets makes anything in this request/);
  });

  it('no secret: the same, and it is said so', () => {
    const found = find(
      [
        ['X-Sig-Time', '1790000000'],
        ['X-Signature', hmac(body, 'other')],
      ],
      body,
      [],
    );
    expect(found.notes[0]).toMatch(/^No secret was given/);
    expect(found.proofs[0]).toMatchObject({ certainty: 'guessed', secretAt: null });
  });

  it('no signature at all', () => {
    const found = find([['Content-Type', 'application/json']], body);
    expect(found.proofs).toEqual([]);
    expect(found.notes).toContain('Nothing in this request looks like a signature or holds a secret.');
  });

  it('a plain hash of the body is no proof', () => {
    const found = find([['Content-MD5', 'd4d1c54ab8f2b3b6a6b3b07eae2c6f3a']], body);
    expect(proven(found)).toEqual([]);
  });

  it('a credential that is none of the secrets stays out of the description', () => {
    const found = find(
      [
        ['Authorization', 'Bearer CANARY-canary'],
        ['X-Signature', hmac(body)],
      ],
      body,
    );
    expect(proven(found)).toHaveLength(1);
    expect(found.leftOut).toEqual([
      { name: 'Authorization', reason: 'it carries a credential that is none of the secrets' },
    ]);
    expect(JSON.stringify(found)).not.toContain('CANARY');
  });

  it('a header that holds the secret within other text stays out, too', () => {
    const found = find(
      [
        ['X-Mixed', `a=1; key=${secret}; b=2`],
        ['X-Signature', hmac(body)],
      ],
      body,
    );
    expect(found.leftOut).toEqual([{ name: 'X-Mixed', reason: 'it holds a secret within other text' }]);
    expect(JSON.stringify({ ...found, told: [...found.sentValues] })).not.toContain(secret);
  });

  it('what a proxy and HTTP add is left out, and said', () => {
    const names = [
      'Host',
      'Content-Length',
      'Connection',
      'Accept-Encoding',
      'X-Forwarded-For',
      'CF-Ray',
      'X-Amzn-Trace-Id',
      'traceparent',
    ];
    const found = find(
      [...names.map((name): Header => [name, '1']), ['Accept', '*/*'], ['X-Signature', hmac(body)]],
      body,
    );
    expect(found.leftOut.map(({ name }) => name)).toEqual(names);
    expect(found.headers).toEqual([
      ['Accept', '*/*'],
      ['X-Signature', '{signature}'],
    ]);
  });
});

describe('the public half of a key is enough to find what is signed', () => {
  const body = '{"type":"a.b"}';
  const content = `1790000000${body}`;
  it.each([
    ['ed25519', generateKeyPairSync('ed25519'), null],
    ['ecdsa', generateKeyPairSync('ec', { namedCurve: 'prime256v1' }), 'sha256'],
    ['rsa', generateKeyPairSync('rsa', { modulusLength: 2048 }), 'sha256'],
  ] as const)('%s', (scheme, { publicKey, privateKey }, hash) => {
    const signature = sign(hash, Buffer.from(content), privateKey).toString('base64');
    const pem = publicKey.export({ type: 'spki', format: 'pem' }) as string;
    const found = find(
      [
        ['X-Timestamp', '1790000000'],
        ['X-Signature', signature],
      ],
      body,
      [pem],
    );
    expect(found.proofs).toMatchObject([
      { certainty: 'verified', options: { scheme, content: '{timestamp}{body}', encoding: 'base64' } },
    ]);
    const other = find(
      [
        ['X-Timestamp', '1790000001'],
        ['X-Signature', signature],
      ],
      body,
      [pem],
    );
    expect(proven(other)).toEqual([]);
  });
});

describe('hostile captures', () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  const bodyOf = (length: number) =>
    JSON.stringify({
      type: 'a.b',
      items: Array.from({ length }, (_, id) => ({ id, text: `line "${id}" é`, sha: hmac(String(id)) })),
    });
  const big = bodyOf(20_000);

  it.each<[string, readonly Header[], string | Uint8Array, string | null]>([
    [
      'huge headers',
      [
        ['X-Signature', 'a'.repeat(1_000_000)],
        ['X-B', 'ab'.repeat(4000)],
      ],
      '{}',
      null,
    ],
    [
      'thousands of headers',
      Array.from({ length: 5000 }, (_, i): Header => [`X-Id-${i}`, hmac(String(i))]),
      '{}',
      null,
    ],
    [
      'a header of thousands of items',
      [['X-Signature', Array.from({ length: 1500 }, (_, i) => `v${i}=`).join(',')]],
      '{}',
      null,
    ],
    ['deep JSON', [['X-Signature', hmac(deep, 'x')]], deep, null],
    [
      'NULs',
      [
        ['X-Signature', '\0\0'],
        ['X\0', 'a'],
        ['X-Id', `a\0b`],
      ],
      '\0\0\0',
      'http://\0',
    ],
    ['no UTF-8', [['X-Signature', hmac('x')]], Buffer.from([0xff, 0xfe, 0x7b, 0x00]), 'nonsense'],
    [
      'braces',
      [
        ['X-{a}', '{{{'],
        ['X-B', '}{secret}{'],
        ['X-Signature', `{${hmac('x')}}`],
      ],
      '{"{a}":"{b}"}',
      'https://{x}/',
    ],
    [
      'prototypes',
      [
        ['__proto__', hmac('x')],
        ['constructor', 'a'],
      ],
      '{"__proto__":{"signature":"a"},"constructor":1}',
      'http://x/?__proto__=1',
    ],
    ['a number of a million digits', [['X-Signature', hmac('x')]], `{"a":${'9'.repeat(1_000_000)}}`, null],
    [
      'many fields named signature',
      [],
      JSON.stringify(Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`signature${i}`, hmac(String(i))]))),
      null,
    ],
    ['an empty request', [], '', null],
    [
      'a form of many fields',
      [
        ['Content-Type', 'application/x-www-form-urlencoded'],
        ['X-Signature', hmac('x')],
      ],
      'a=b&'.repeat(100_000),
      'http://x/',
    ],
    [
      'a large body',
      [
        ['X-Signature', hmac('x')],
        ['X-Timestamp', '1790000000'],
        ['X-Id', '0d3c2a9e-8f7b-4c1d-9e2a-5b6c7d8e9f01'],
      ],
      big,
      'https://a.example/x?y=1',
    ],
  ])('%s', (_, headers, body, url) => {
    expect(proven(find(headers, body, ['whsec_c2FtcGxlLWtleQ==', secret], url))).toEqual([]);
  });

  it('a signature of a large body is found, also under a key that has to be decoded', () => {
    expect(big.length).toBeGreaterThan(1_000_000);
    const signature = createHmac('sha256', 'sample-key').update(`msg_1.1790000000.${big}`).digest('base64');
    const found = find(
      [
        ['webhook-id', 'msg_1'],
        ['webhook-timestamp', '1790000000'],
        ['webhook-signature', `v1,${signature}`],
      ],
      big,
      ['whsec_c2FtcGxlLWtleQ=='],
    );
    expect(found.proofs).toMatchObject([{ certainty: 'reproduced', options: { content: '{id}.{timestamp}.{body}' } }]);
  });

  it('takes time in proportion to the length of the body', async () => {
    const headers: readonly Header[] = [
      ['X-Signature', hmac('x')],
      ['X-Timestamp', '1790000000'],
    ];
    const finding = (body: string) => () => find(headers, body, ['whsec_c2FtcGxlLWtleQ==', secret], null);
    await expectLinear(finding(bodyOf(625)), finding(bodyOf(5000)), 8);
  }, 120_000);

  it('whatever comes is an answer', () => {
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.constant(hmac('{}')),
      fc.constant('1790000000'),
      fc.constant('t=1790000000,v1={x}'),
    );
    const name = fc.oneof(
      fc.string(),
      fc.constantFrom('X-Signature', 'X-Timestamp', 'Authorization', 'X-Event', 'Content-Type'),
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(name, text), { maxLength: 6 }),
        fc.oneof(fc.json(), text),
        text,
        (headers, body, url) => {
          const found = find(headers, body, ['s'.repeat(20)], url);
          expect(proven(found).filter(({ secretAt }) => secretAt !== null)).toEqual([]);
        },
      ),
      { numRuns: 40 },
    );
  }, 120_000);
});
