import { constants, createPrivateKey, verify } from 'node:crypto';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { jsonSchemas } from '../../build/jsonSchemas.js';
import type { Header } from '../../src/core/delivery.js';
import type { Provider } from '../../src/core/provider.js';
import type { MessageAlgorithm } from '../../src/core/scheme.js';
import { completeProvider } from '../../src/providers/complete.js';
import { descriptionSchema } from '../../src/providers/schema.js';
import { isSignedBy } from '../../src/signing/keyPairSignature.js';
import { publicKey } from '../../src/signing/privateKey.js';
import { publicKeys } from '../../src/signing/publicKeys.js';
import { parseDictionary } from '../../src/signing/structuredFields.js';
import { signatureBase } from '../../src/verify/messageSignature.js';
import { verifyReceived } from '../../src/verify/verify.js';
import { keyPair } from '../diagnose/elsewhere.js';
import * as rfc from '../fixtures/rfc9421.js';
import { compileOne } from '../support/compile.js';

interface Described {
  readonly algorithm: MessageAlgorithm;
  readonly components: readonly string[];
  readonly parameters: Readonly<Record<string, string>>;
  readonly label: string;
  readonly headers?: Readonly<Record<string, string>>;
}

function described({ algorithm, components, parameters, label, headers = {} }: Described): Provider {
  return completeProvider({
    name: 'rfc',
    headers: {
      Date: 'Tue, 20 Apr 2021 02:07:55 GMT',
      'Content-Type': 'application/json',
      'Content-Digest': 'sha-512=:{digest}:',
      ...headers,
      'Signature-Input': `${label}={signature.input}`,
      Signature: `${label}=:{signature}:`,
    },
    values: { created: { kind: 'time', format: 'unix-seconds' } },
    signatures: {
      digest: { scheme: 'digest', hash: 'sha512', content: '{body}', encoding: 'base64' },
      signature: {
        scheme: 'rfc9421',
        algorithm,
        components,
        parameters,
        ...(algorithm === 'hmac-sha256' && { key: ['base64'] }),
      },
    },
    events: ['hello'],
  });
}

const request = (headers: readonly Header[], body = rfc.body) => ({
  method: 'POST',
  url: rfc.url,
  headers,
  body: Buffer.from(body),
});

interface Vector extends Described {
  readonly name: string;
  readonly input: string;
  readonly signature: string;
  readonly secret: string;
}

const created = (keyid: string) => ({ created: '{created}', keyid });
const pss = { algorithm: 'rsa-pss-sha512', secret: rfc.publicKeys.rsaPss } as const;
const vectors: readonly Vector[] = [
  {
    name: 'B.2.1, rsa-pss-sha512 that covers nothing',
    ...pss,
    ...rfc.signed.b21,
    components: [],
    parameters: { ...created('test-key-rsa-pss'), nonce: 'b3k2pp5k7z-50gnwp.yemd' },
  },
  {
    name: 'B.2.2, rsa-pss-sha512 of some components, one of them a parameter of the query',
    ...pss,
    ...rfc.signed.b22,
    components: ['@authority', 'content-digest'],
    parameters: { ...created('test-key-rsa-pss'), tag: 'header-example' },
  },
  {
    name: 'B.2.3, rsa-pss-sha512 of all',
    ...pss,
    ...rfc.signed.b23,
    components: [
      'date',
      '@method',
      '@path',
      '@query',
      '@authority',
      'content-type',
      'content-digest',
      'content-length',
    ],
    parameters: created('test-key-rsa-pss'),
  },
  {
    name: 'B.2.5, hmac-sha256',
    algorithm: 'hmac-sha256',
    secret: rfc.sharedSecret,
    ...rfc.signed.b25,
    components: ['date', '@authority', 'content-type'],
    parameters: created('test-shared-secret'),
  },
  {
    name: 'B.2.6, ed25519',
    algorithm: 'ed25519',
    secret: rfc.publicKeys.ed25519,
    ...rfc.signed.b26,
    components: ['date', '@method', '@path', '@authority', 'content-type', 'content-length'],
    parameters: created('test-key-ed25519'),
  },
];

const headersOf = ({ label, input, signature }: Pick<Vector, 'label' | 'input' | 'signature'>): Header[] => [
  ...rfc.requestHeaders,
  ['Signature-Input', `${label}=${input}`],
  ['Signature', `${label}=:${signature}:`],
];

describe('the signatures of RFC 9421', () => {
  it.each(vectors)('$name is verified, and nothing else', (vector) => {
    const provider = described(vector);
    const headers = headersOf(vector);
    expect(verifyReceived(provider, request(headers), [vector.secret])).toEqual({ ok: true });
    const first = vector.signature.startsWith('A') ? 'B' : 'A';
    const other = headersOf({ ...vector, signature: first + vector.signature.slice(1) });
    expect(verifyReceived(provider, request(other), [vector.secret]).ok).toBe(false);
    const later = headersOf({ ...vector, input: vector.input.replace('1618884473', '1618884474') });
    expect(verifyReceived(provider, request(later), [vector.secret]).ok).toBe(false);
  });

  it('B.2.4, ecdsa-p256-sha256 of a response, has the base that was signed', () => {
    const { input, signature } = rfc.signed.b24;
    const covering = parseDictionary(`sig=${input}`).get('sig') as Parameters<typeof signatureBase>[0];
    const response = { ...request(rfc.responseHeaders, rfc.responseBody), status: 200 };
    const base = signatureBase(covering, response) as { text: string };
    expect(base.text).toBe(
      [
        '"@status": 200',
        '"content-type": application/json',
        `"content-digest": ${rfc.responseHeaders[2][1]}`,
        '"content-length": 23',
        `"@signature-params": ${input}`,
      ].join('\n'),
    );
    const scheme = { scheme: 'ecdsa', hash: 'sha256', form: 'numbers', content: '', encoding: 'base64' } as const;
    const key = publicKey('ec', rfc.publicKeys.ec);
    expect(isSignedBy(scheme, key, Buffer.from(base.text), Buffer.from(signature, 'base64'))).toBe(true);
  });

  it('B.3, ecdsa-p256-sha256 of a request through a proxy, is verified', () => {
    const provider = described({
      algorithm: 'ecdsa-p256-sha256',
      label: 'ttrp',
      components: ['@path', '@query', '@method', '@authority', 'client-cert'],
      parameters: created('test-key-ecc-p256'),
      headers: { 'Client-Cert': rfc.clientCert },
    });
    const headers = [...headersOf(rfc.signed.ttrp), ['Client-Cert', rfc.clientCert]] as const;
    const through = { ...request(headers), url: 'https://service.internal.example/foo?param=Value&Pet=dog' };
    expect(verifyReceived(provider, through, [rfc.publicKeys.ec])).toEqual({ ok: true });
    expect(verifyReceived(provider, request(headers), [rfc.publicKeys.ec]).ok).toBe(false);
  });

  it('section 4.3, rsa-v1_5-sha256 of a proxy beside the signature of the client, is verified under its label', () => {
    const provider = described({
      algorithm: 'rsa-v1_5-sha256',
      label: 'proxy_sig',
      components: ['@method', '@authority', '@path', 'content-digest', 'content-type', 'content-length', 'forwarded'],
      parameters: { created: '{created}', keyid: 'test-key-rsa', alg: 'rsa-v1_5-sha256', expires: '{created}' },
      headers: { Forwarded: 'for=192.0.2.123;host=example.com;proto=https' },
    });
    const headers: Header[] = [
      ...rfc.requestHeaders.slice(1),
      ['Forwarded', 'for=192.0.2.123;host=example.com;proto=https'],
      ['Signature-Input', rfc.proxied.input],
      ['Signature', rfc.proxied.signature],
    ];
    const sent = { ...request(headers), url: 'https://origin.host.internal.example/foo?param=Value&Pet=dog' };
    expect(verifyReceived(provider, sent, [rfc.publicKeys.rsa])).toEqual({ ok: true });
    expect(verifyReceived(provider, { ...sent, url: rfc.url }, [rfc.publicKeys.rsa]).ok).toBe(false);
  });

  const deterministic = vectors.filter(({ algorithm }) => algorithm === 'hmac-sha256' || algorithm === 'ed25519');
  it.each(deterministic)('$name is made again to the byte', (vector) => {
    const pem = createPrivateKey({ key: rfc.ed25519Jwk, format: 'jwk' }).export({ type: 'pkcs8', format: 'pem' });
    const delivery = compileOne({
      provider: described(vector),
      body: rfc.body,
      url: rfc.url,
      secrets: [vector.algorithm === 'ed25519' ? String(pem) : vector.secret],
      now: 1_618_884_473_000,
    });
    const sent = new Map(delivery.headers);
    expect(sent.get('Content-Digest')).toBe(rfc.requestHeaders[3][1]);
    expect(sent.get('Signature-Input')).toBe(`${vector.label}=${vector.input}`);
    expect(sent.get('Signature')).toBe(`${vector.label}=:${vector.signature}:`);
  });

  it('of rsa-pss-sha512 are made with a key that is for PSS alone, as openssl makes them', () => {
    const { secret, half } = keyPair('RSA-PSS', '-pkeyopt', 'rsa_keygen_bits:2048');
    const provider = described({ ...vectors[2]!, label: 'sig1' });
    const delivery = compileOne({ provider, body: rfc.body, url: rfc.url, secrets: [secret] });
    const signature = /^sig1=:(.+):$/.exec(new Map(delivery.headers).get('Signature')!)![1]!;
    const covering = parseDictionary(new Map(delivery.headers).get('Signature-Input')!).get('sig1');
    const base = signatureBase(covering as Parameters<typeof signatureBase>[0], { ...delivery }) as { text: string };
    const pss = { key: half, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 64 };
    expect(verify('sha512', Buffer.from(base.text), pss, Buffer.from(signature, 'base64'))).toBe(true);
    expect(verifyReceived(provider, delivery, [half])).toEqual({ ok: true });
    expect(publicKeys(provider, secret)[0]!.jwk).toMatchObject({ kty: 'RSA', kid: 'test-key-rsa-pss', use: 'sig' });
  });
});

/** Returns a description with a wrong signature or wrong headers. */
const wrong = (signature: object, headers: object = {}) => ({
  name: 'acme',
  headers: {
    'Content-Type': 'application/json',
    'Signature-Input': 'sig1={signature.input}',
    Signature: 'sig1=:{signature}:',
    ...headers,
  },
  values: { created: { kind: 'time', format: 'unix-seconds' } },
  signatures: {
    signature: {
      scheme: 'rfc9421',
      algorithm: 'ed25519',
      components: ['@method'],
      parameters: { created: '{created}' },
      ...signature,
    },
  },
  events: ['hello'],
});

describe('a description of a signature by RFC 9421', () => {
  it.each<[string, object, RegExp]>([
    ['an unknown algorithm', wrong({ algorithm: 'ed448' }), /algorithm/],
    ['no components', wrong({ components: undefined }), /components/],
    ['an unknown component', wrong({ components: ['@methd'] }), /@methd is no component .* Did you mean @method\?/],
    ['a component twice', wrong({ components: ['@path', '@path'] }), /@path is covered twice/],
    [
      'a header that is not sent',
      wrong({ components: ['content-digest'] }),
      /content-digest is no header that is sent/,
    ],
    ['a header in capitals', wrong({ components: ['Content-Type'] }), /write the name of a header in lower case/],
    ['itself', wrong({ components: ['signature'] }), /signature can't cover itself/],
    [
      'an unknown parameter',
      wrong({ parameters: { expire: '1' } }),
      /expire is no parameter .* Did you mean expires\?/,
    ],
    ['another algorithm by name', wrong({ parameters: { alg: 'hmac-sha256' } }), /is not ed25519/],
    ['an unknown value', wrong({ parameters: { created: '{now}' } }), /unknown placeholder \{now\}/],
    [
      'no header of it',
      wrong({}, { Signature: '{signature}' }),
      /no header carries it: add Signature: 'sig1=:\{signature\}:'/,
    ],
    [
      'no header of what it covers',
      wrong({}, { 'Signature-Input': 'sig1=()' }),
      /add Signature-Input: 'sig1=\{signature\.input\}'/,
    ],
    ['two labels', wrong({}, { 'Signature-Input': 'sig2={signature.input}' }), /add Signature-Input: 'sig1=/],
  ])('with %s is refused', async (_, description, complaint) => {
    const { success, error } = descriptionSchema.safeParse(description);
    expect(success).toBe(false);
    expect(JSON.stringify(error!.issues).replaceAll('\\"', '"')).toMatch(complaint);
  });

  it('fits the JSON Schema where it is right', () => {
    const valid = new Ajv2020({ strict: false, validateFormats: false }).compile(jsonSchemas().provider);
    expect(valid(wrong({}))).toBe(true);
    expect(descriptionSchema.safeParse(wrong({})).success).toBe(true);
    expect(valid(wrong({ algorithm: 'ed448' }))).toBe(false);
  });
});
