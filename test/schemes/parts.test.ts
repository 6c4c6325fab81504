import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Header } from '../../src/core/delivery.js';
import type { Provider } from '../../src/core/provider.js';
import { seededRandom } from '../../src/core/random.js';
import { compileDeliverySync } from '../../src/delivery/compile.js';
import { findForgery } from '../../src/forge/forgeries.js';
import { inapplicableReason } from '../../src/forge/inapplicableReason.js';
import { parseBody, writeJson } from '../../src/json/dialect.js';
import { parseJson } from '../../src/json/parse.js';
import { allPaths, getPath, setPath } from '../../src/json/path.js';
import { splice } from '../../src/json/span.js';
import { toJson } from '../../src/json/value.js';
import { descriptionSchema } from '../../src/providers/schema.js';
import { deriveKey } from '../../src/signing/key.js';
import { verifyReceived } from '../../src/verify/verify.js';
import { compileOne } from '../support/compile.js';
import { exampleFile, exampleNames, exampleProvider } from '../support/exampleProviders.js';

const slack = exampleProvider('slack');
const compile = (
  provider: Provider,
  body: string,
  options: { url?: string; publicUrl?: string; headers?: Header[] } = {},
) =>
  compileDeliverySync({
    provider,
    event: 'message',
    variant: null,
    url: options.url ?? 'http://127.0.0.1:3000/in/here?a=1&b=%20',
    secrets: [{ value: 'k', source: 'test', isSample: false }],
    headers: options.headers ?? [],
    ...(options.publicUrl !== undefined && { publicUrl: options.publicUrl }),
  })({ now: 1_767_225_600_123, random: seededRandom(1), body: Buffer.from(body) });
const telling = (value: string, change: Partial<Provider> = {}): Provider => ({
  ...slack,
  headers: [
    ['Content-Type', 'application/json'],
    ['X-Told', value],
  ],
  signatures: {},
  ...change,
});
const toldText = (...args: Parameters<typeof compile>) =>
  compile(...args).headers.find(([name]) => name === 'X-Told')?.[1];

describe('templates name', () => {
  it('the URL and its parts', () => {
    const provider = telling('{method} {host} {path} {query} {url}');
    expect(toldText(provider, '{}')).toBe(
      'POST 127.0.0.1:3000 /in/here ?a=1&b=%20 http://127.0.0.1:3000/in/here?a=1&b=%20',
    );
    expect(toldText(provider, '{}', { url: 'http://localhost/' })).toBe('POST localhost /  http://localhost/');
  });

  it('the address by which the receiver is known, word for word, and the delivery goes to the other', () => {
    const publicUrl = 'https://shop.example.com/a%2fb?x';
    expect(toldText(telling('{url} {host}{path}{query}'), '{}', { publicUrl })).toBe(
      'https://shop.example.com/a%2fb?x shop.example.com/a%2fb?x',
    );
    expect(compile(telling('{url}'), '{}', { publicUrl }).url).toBe('http://127.0.0.1:3000/in/here?a=1&b=%20');
    expect(() => compile(slack, '{}', { publicUrl: 'shop.example.com' })).toThrow(/is not a URL of http or https/);
  });

  it('what a header says, and the own one of the user before it', () => {
    const provider = telling('{type};', { values: { type: { kind: 'header', name: 'content-type' } } });
    expect(toldText(provider, '{}')).toBe('application/json;');
    expect(toldText(provider, '{}', { headers: [['content-type', 'text/x']] })).toBe('text/x;');
  });

  it('fields of the body as they are written', () => {
    const body = '{"id":"x","n":1.50,"ok":true,"none":null,"deep":[{"a":"b"}]}';
    const value = (spec: Provider['values'][string]) =>
      toldText(telling('{value}|', { values: { value: spec } }), body);
    expect(value({ kind: 'field', path: 'n' })).toBe('1.50|');
    expect(value({ kind: 'field', path: 'deep[0].a' })).toBe('b|');
    expect(value({ kind: 'field', path: 'gone', absent: '-' })).toBe('-|');
    expect(() => value({ kind: 'field', path: 'gone' })).toThrow(/the body has no field gone/);
    const paths = ['ok', 'none', 'gone', 'deep[0].a'];
    const list = { kind: 'fields', paths, each: '{name}={value}', join: '&' } as const;
    expect(value({ ...list, absent: 'empty' })).toBe('ok=true&none=&gone=&a=b|');
    expect(value({ ...list, absent: 'left out' })).toBe('ok=true&none=&a=b|');
    expect(value({ ...list, paths: 'sorted', absent: 'left out' })).toBe('deep={"a":"b"}&id=x&n=1.50&none=&ok=true|');
  });

  it('what is added to the query', () => {
    const provider = telling('{url}', {
      query: [['bodySHA256', '{hash}']],
      signatures: { hash: { scheme: 'digest', hash: 'sha256', content: '{body}', encoding: 'hex' } },
    });
    const sha = '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a';
    const delivery = compile(provider, '{}', { publicUrl: 'https://shop.example.com/in' });
    expect(delivery.url).toBe(`http://127.0.0.1:3000/in/here?a=1&b=%20&bodySHA256=${sha}`);
    expect(delivery.headers).toContainEqual(['X-Told', `https://shop.example.com/in?bodySHA256=${sha}`]);
  });
});

describe('a signature in the query', () => {
  const provider: Provider = {
    ...telling('x'),
    query: [
      ['at', '{timestamp}'],
      ['sig', '{proof}'],
    ],
    signatures: { proof: { scheme: 'hmac', hash: 'sha256', content: '{timestamp}.{url}.{body}', encoding: 'base64' } },
  };
  const url = 'https://shop.example.com/in?a=1';
  // printf '1767225600.https://shop.example.com/in?a=1.{}' | openssl dgst -sha256 -hmac k -binary | base64
  const proof = 'AR8bL4SDCfjqIxjWVYCLCIjWXGfrmy3A5EDexBrwoEY=';

  it('covers the URL without it', () => {
    expect(compile(provider, '{}', { url }).url).toBe(`${url}&at=1767225600&sig=${encodeURIComponent(proof)}`);
  });

  it('is verified', () => {
    const { url: _, ...delivery } = compile(provider, '{}', { url });
    const verified = (address: string) => verifyReceived(provider, { ...delivery, url: address }, ['k']);
    const signed = `${url}&at=1767225600&sig=${encodeURIComponent(proof)}`;
    expect(verified(signed)).toEqual({ ok: true });
    expect(verified(signed.replace('a=1', 'a=2')).ok).toBe(false);
    expect(verified(signed.replace('1767225600', '1767225601')).ok).toBe(false);
    expect(verified(url)).toEqual({ ok: false, reason: 'the parameter at of the URL is missing' });
    expect(verified(`${url}&at=1767225600&sig=`)).toEqual({
      ok: false,
      reason: 'the parameter sig of the URL is empty',
    });
  });

  it.each([
    ['no-signature', `${url}&at=1767225600`],
    ['empty-signature', `${url}&at=1767225600&sig=`],
  ])('can be forged: %s', (name, expected) => {
    const forged = compileDeliverySync({
      provider,
      event: 'message',
      variant: null,
      url,
      secrets: [{ value: 'k', source: 'test', isSample: false }],
      headers: [],
      forgery: findForgery(name),
    })({ now: 1_767_225_600_123, random: seededRandom(1), body: Buffer.from('{}') });
    expect(forged.url).toBe(expected);
    expect(verifyReceived(provider, forged, ['k']).ok).toBe(false);
    expect(inapplicableReason(findForgery('wrong-header'), provider)).toBe('its signature is in no header');
  });
});

describe('a field that each delivery fills', () => {
  const provider = telling('x', { fields: [['a.b', '{event}']] });

  it('leaves all other bytes as they are', () => {
    const body = '{ "n" : 1.0,\n "a":{"b" :  "" , "é":"\\u00e9"}, "z":[1 , 2] }';
    expect(Buffer.from(compile(provider, body).body).toString()).toBe(body.replace('""', '"message"'));
  });

  it('can be a number', () => {
    const number = telling('x', { fields: [['t', { number: '{timestamp}' }]] });
    expect(Buffer.from(compile(number, '{"t":0}').body).toString()).toBe('{"t":1767225600}');
    const wrong = telling('x', { fields: [['t', { number: '{event}' }]] });
    expect(() => compile(wrong, '{"t":0}')).toThrow(/the field t is not a number but "message"/);
  });

  it.each(['{"a":{}}', '[]', 'no JSON', ''])('needs its place: %j', (body) => {
    expect(() => compile(provider, body)).toThrow(
      /puts a value of each delivery into a\.b, and the body has no such field/,
    );
  });

  it('may hold the secret, as it is or in another encoding, as may the query', () => {
    const encoded: Partial<Provider> = {
      signatures: { basic: { scheme: 'encoded', content: '{secret}', encoding: 'base64' } },
    };
    const held = compile(
      telling('x', {
        ...encoded,
        fields: [
          ['a', '{secret}'],
          ['b', '{basic}'],
        ],
      }),
      '{"a":"","b":""}',
    );
    expect(JSON.parse(Buffer.from(held.body).toString())).toEqual({ a: 'k', b: 'aw==' });
  });

  it('is spliced into any document', () => {
    const json = fc.jsonValue({ maxDepth: 4 }).filter((value) => typeof value === 'object' && value !== null);
    const space = fc.constantFrom('js', 'pretty', 'python', 'php' as const);
    fc.assert(
      fc.property(json, space, fc.nat(), fc.string({ unit: 'binary' }), (value, dialect, pick, text) => {
        const document = toJson(value);
        const paths = allPaths(document);
        if (paths.length === 0) return;
        const path = paths[pick % paths.length]!;
        const written = writeJson(document, dialect);
        const bytes = splice(Buffer.from(written), path, () => Buffer.from(JSON.stringify(text)).toString('latin1'))!;
        const expected = parseJson(written);
        setPath(expected, path, text.toWellFormed());
        expect(parseJson(Buffer.from(bytes).toString('utf8'))).toEqual(expected);
      }),
    );
  });
});

describe('a form', () => {
  it('is written as browsers write it, and read again', () => {
    const body = toJson({ To: '+62 8', Body: 'a&b=c ☕ ~*', N: 1.5, Yes: true, No: null, Media: ['x', 'y'] });
    const text = writeJson(body, 'form');
    expect(text).toBe('To=%2B62+8&Body=a%26b%3Dc+%E2%98%95+%7E*&N=1.5&Yes=true&No=&Media=x&Media=y');
    expect([...new URLSearchParams(text)].length).toBe(7);
    expect(getPath(parseBody(Buffer.from(text), 'form'), ['Media', 1])).toBe('y');
    expect(() => writeJson(toJson({ a: { b: 1 } }), 'form')).toThrow(/can't be sent as a form: a is an object/);
    expect(() => writeJson(toJson([1]), 'form')).toThrow(/can't be sent as a form: it is array/);
  });
});

describe('key steps', () => {
  it.each([
    [['base64url'], '-_8', 'fbff'],
    [['hash:sha1'], 'abc', 'a9993e364706816aba3e25717850c26c9cd0d89d'],
    [['strip:k_', 'hex', 'hash:md5'], 'k_616263', '900150983cd24fb0d6963f7d28e17f72'],
    [['nfkd'], 'é', '65cc81'],
  ] as const)('%j of %s', (steps, secret, key) => {
    expect(Buffer.from(deriveKey(secret, steps)).toString('hex')).toBe(key);
  });

  it('hash bytes, and do nothing else to them', () => {
    expect(() => deriveKey('616263', ['hex', 'base64'])).toThrow(/After hex the key is bytes, so base64 can't follow/);
  });
});

describe('verifying', () => {
  it.each(exampleNames)('rejects, and never throws, whatever comes for %s', (name) => {
    const provider = exampleProvider(name);
    const secret = provider.secret.sample;
    const names = provider.headers.map(([header]) => header);
    const text = fc.oneof(fc.string(), fc.constantFrom('e30.e30.e30', 'a.b.c', 'Basic x', '00', 'AA=='));
    const body = fc.oneof(
      fc.string(),
      fc.json(),
      fc.constantFrom('{"signature":[]}', '{"Signature":{},"Type":1}', '[['),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...names), text)), body, fc.string(), (headers, bytes, url) => {
        const request = { method: 'POST', url, headers, body: Buffer.from(bytes) };
        expect(verifyReceived(provider, request, [secret])).toEqual({
          ok: false,
          reason: expect.stringMatching(/^.+/),
        });
      }),
      { numRuns: name === 'aws-sns' ? 30 : 60 },
    );
  });

  it('takes a claim of another body, or of another type, for none', () => {
    const plaid = exampleProvider('plaid');
    const delivery = compileOne({ provider: plaid, body: '{"a":1}' });
    expect(verifyReceived(plaid, delivery, [plaid.secret.sample])).toEqual({ ok: true });
    expect(verifyReceived(plaid, { ...delivery, body: Buffer.from('{"a":2}') }, [plaid.secret.sample]).ok).toBe(false);
    const claims: Provider = {
      ...plaid,
      signatures: {
        ...plaid.signatures,
        token: { ...plaid.signatures.token, claims: { iat: '{issued}', request_body_sha256: '{bodyHash}' } } as never,
      },
    };
    expect(verifyReceived(plaid, compileOne({ provider: claims, body: '{"a":1}' }), [plaid.secret.sample]).ok).toBe(
      false,
    );
  });

  it('says which field of the body is missing', () => {
    const mailgun = exampleProvider('mailgun');
    const reason = (body: string) =>
      verifyReceived(mailgun, { method: 'POST', url: '', headers: [], body: Buffer.from(body) }, ['k']);
    expect(reason('{}')).toEqual({ ok: false, reason: 'the field signature.timestamp of the body is missing' });
    expect(reason('{"signature":{"timestamp":"1","token":"","signature":""}}')).toEqual({
      ok: false,
      reason: 'the field signature.token of the body is empty',
    });
  });
});

describe('the schema rejects', () => {
  const file = (name: string) => exampleFile(name) as Record<string, unknown>;
  const problems = (name: string, change: object) =>
    descriptionSchema
      .safeParse({ ...file(name), ...change })
      .error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);

  it('fields of a text', () => {
    expect(problems('twilio', { dialect: 'text', fields: [['a', 'b']], eventAt: 'a' })).toEqual([
      'fields: is for bodies with fields, and the dialect is text.',
      'eventAt: is for bodies with fields, and the dialect is text.',
      'values.parameters: fields is for bodies with fields, and the dialect is text.',
    ]);
  });

  it('dialects and boundaries that are none', () => {
    expect(problems('twilio', { dialect: 'xml' })).toEqual([
      'dialect: must be one of js, lines, pretty, ascii, python, go, ruby, rails, php, form, query, multipart, text, or an object with the kind of a form.',
    ]);
    expect(problems('twilio', { dialect: 'multipart' })).toEqual([
      'headers.Content-Type: multipart needs a boundary, which receivers look for in a header. Write Content-Type: multipart/form-data; boundary=acme-boundary.',
    ]);
  });

  it('a header that depends on itself, or is not there', () => {
    const values = (name: string) => ({
      values: { ...exampleProvider('slack').values, told: { kind: 'header', name } },
    });
    expect(problems('slack', values('x-slack-signature'))).toEqual([
      'values.told.name: x-slack-signature is itself made of signatures or headers.',
    ]);
    expect(problems('slack', values('X-Gone'))).toEqual([
      'values.told.name: X-Gone is no header of slack. Known: User-Agent, Accept-Encoding, Accept, Content-Type, X-Slack-Request-Timestamp, X-Slack-Signature, X-Slack-Retry-Num, X-Slack-Retry-Reason.',
    ]);
    expect(problems('slack', values('content-type'))).toBeUndefined();
  });

  it('schemes and steps that do not exist', () => {
    const scheme = (more: object) => ({
      signatures: { signature: { scheme: 'hmac', hash: 'sha256', content: '{body}', encoding: 'hex', ...more } },
    });
    expect(problems('slack', scheme({}))).toBeUndefined();
    for (const more of [
      { key: ['rot13'] },
      { key: ['hash:crc'] },
      { scheme: 'dsa' },
      { scheme: 'ed25519' },
      { hash: 'sha3' },
    ])
      expect(problems('slack', scheme(more))).toHaveLength(1);
  });
});
