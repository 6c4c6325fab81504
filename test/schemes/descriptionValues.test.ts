import { describe, expect, it } from 'vitest';
import type { ProviderDescription } from '../../src/core/providerDescription.js';
import { recognizeProviders } from '../../src/delivery/recognizeProviders.js';
import { completeProvider } from '../../src/providers/complete.js';
import { descriptionSchema } from '../../src/providers/schema.js';
import { signedTime } from '../../src/verify/signedTime.js';
import { verifyReceived } from '../../src/verify/verify.js';
import { compileOne } from '../support/compile.js';

const now = Date.UTC(2026, 4, 6, 9, 0, 0, 123);
const body = '{"id":"evt_1","type":"order.paid"}';

/** A provider for expectations that are by Python's hmac, hashlib, zlib, base64 and datetime, with the secret acme-sample-secret. */
const acme = (parts: Omit<ProviderDescription, 'name' | 'events'>): ProviderDescription => ({
  name: 'acme',
  events: ['order.paid'],
  ...parts,
});

function compileDescription(parts: Omit<ProviderDescription, 'name' | 'events'>, content = body) {
  const description = descriptionSchema.parse(acme(parts)) as ProviderDescription;
  const provider = completeProvider(description);
  const delivery = compileOne({ provider, body: content, now });
  return { provider, delivery, headers: Object.fromEntries(delivery.headers) };
}

const complaints = (parts: object) => {
  const result = descriptionSchema.safeParse(acme(parts as never));
  return result.error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];
};

describe('times', () => {
  it.each([
    [{ format: 'iso-seconds', zone: '+07:00' }, '2026-05-06T16:00:00+07:00'],
    [{ format: 'iso-millis', zone: '-05:00' }, '2026-05-06T04:00:00.123-05:00'],
    [{ format: 'iso-nanos' }, /^2026-05-06T09:00:00\.123\d{6}Z$/],
    [{ format: 'iso-dotnet' }, /^2026-05-06T09:00:00\.123\d{4}Z$/],
    [{ format: 'iso-basic' }, '20260506T090000Z'],
    [{ format: 'unix-float' }, /^1778058000\.123\d{3}$/],
    [{ format: 'rfc1123' }, 'Wed, 06 May 2026 09:00:00 GMT'],
    [{ format: 'unix-seconds', at: 'now+300s' }, '1778058300'],
    [{ format: 'unix-millis', at: 'now-1h' }, '1778054400123'],
    [{ format: 'unix-micros' }, '1778058000123000'],
    [{ format: 'unix-nanos' }, /^1778058000123\d{6}$/],
    [{ format: 'iso-date', zone: '-10:00' }, '2026-05-05'],
    [{ format: 'iso-seconds', at: 'first attempt' }, '2026-05-06T09:00:00Z'],
  ] as const)('%j is %s', (spec, text) => {
    const { headers } = compileDescription({
      headers: { 'X-Time': '{time}' },
      values: { time: { kind: 'time', ...spec } },
    });
    expect(headers['X-Time']).toEqual(typeof text === 'string' ? text : expect.stringMatching(text));
  });

  it('tell the same nanoseconds in each header', () => {
    const values = {
      one: { kind: 'time', format: 'iso-nanos' },
      other: { kind: 'time', format: 'unix-nanos' },
    } as const;
    const { headers } = compileDescription({ headers: { One: '{one}', Other: '{other}' }, values });
    expect(headers.One!.slice(20, 29)).toBe(headers.Other!.slice(10));
  });

  it('are complained of where they can not be', () => {
    const value = (spec: object) => complaints({ headers: {}, values: { time: { kind: 'time', ...spec } } });
    expect(value({ format: 'unix-seconds', zone: '+07:00' })).toEqual([
      'values.time.zone: goes with no time that counts from 1970, which is the same everywhere.',
    ]);
    expect(value({ format: 'iso-seconds', at: 'tomorrow' })).toEqual([
      'values.time.at: must be now+300s, now-1h and the like, or first attempt.',
    ]);
    expect(value({ format: 'iso-seconds', zone: 'WIB' })).toEqual([
      'values.time.zone: is not a UTC offset such as +07:00.',
    ]);
    expect(value({ format: 'iso-seconds', offset: '300s' })).toEqual(['values.time: Known: kind, format, zone, at.']);
  });
});

it('a code is an id of a delivery, too', () => {
  const { headers } = compileDescription({
    headers: { 'X-Id': '{id}', 'X-Key': '{key}' },
    values: { id: { kind: 'code', pattern: 'EV-YYYYMMDD-####' }, key: { kind: 'ksuid', prefix: 'msg_' } },
  });
  expect(headers['X-Id']).toMatch(/^EV-20260506-\d{4}$/);
  expect(headers['X-Key']).toMatch(/^msg_3[0-9A-Za-z]{26}$/);
  expect(complaints({ headers: {}, values: { id: { kind: 'code' } } })).toEqual([
    'values.id: needs a pattern for the kind code, and for no other.',
  ]);
});

describe('a token', () => {
  const parts = {
    headers: { Authorization: 'Bearer {token}' },
    values: {
      sent: { kind: 'time', format: 'unix-seconds' },
      ends: { kind: 'time', format: 'unix-seconds', at: 'now+300s' },
    },
    signatures: {
      hash: { scheme: 'digest', hash: 'sha256', content: '{body}', encoding: 'base64' },
      token: {
        scheme: 'jwt',
        algorithm: 'HS256',
        header: { typ: 'JWT' },
        claims: {
          iss: 'acme',
          email_verified: true,
          aud: ['shop', '{event}'],
          user: { id: 42, roles: ['owner'], team: null },
          iat: { number: '{sent}' },
          exp: { number: '{ends}' },
          sha256: '{hash}',
        },
      },
    },
  } as const;

  it('claims booleans, lists and objects', () => {
    const { headers, provider, delivery } = compileDescription(parts);
    expect(headers.Authorization).toBe(
      'Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJhY21lIiwiZW1haWxfdmVyaWZpZWQiOnRydWUsImF1ZCI6WyJzaG9wIiwib3JkZXIucGFpZCJdLCJ1c2VyIjp7ImlkIjo0Miwicm9sZXMiOlsib3duZXIiXSwidGVhbSI6bnVsbH0sImlhdCI6MTc3ODA1ODAwMCwiZXhwIjoxNzc4MDU4MzAwLCJzaGEyNTYiOiJvM0JvRVZRT2ZVbEtEdFJmaklvNTBJc3ZYUnNoSUxQV0hhZDh3VFk5VVRNPSJ9.MVbqBQgADwjoCSdYQ3U0SEzfIJNe1V4C_Z0kgcanbWI',
    );
    expect(verifyReceived(provider, delivery, ['acme-sample-secret'])).toEqual({ ok: true });
  });

  it.each([
    ['another boolean', { email_verified: false }],
    ['another list', { aud: ['shop'] }],
    ['another object', { user: { id: 42, roles: [], team: null } }],
    ['a text for a boolean', { email_verified: 'true' }],
  ])('is rejected with %s, though it is signed', (_, claims) => {
    const { provider } = compileDescription(parts);
    const token = { ...parts.signatures.token, claims: { ...parts.signatures.token.claims, ...claims } };
    const { delivery } = compileDescription({ ...parts, signatures: { ...parts.signatures, token } });
    expect(verifyReceived(provider, delivery, ['acme-sample-secret']).ok).toBe(false);
  });

  it('is as old as the time at which it was sent, not at which it ends', () => {
    const { provider, delivery } = compileDescription({
      ...parts,
      signatures: {
        ...parts.signatures,
        token: {
          ...parts.signatures.token,
          claims: { exp: { number: '{ends}' }, iat: { number: '{sent}' }, sha256: '{hash}' },
        },
      },
    });
    expect(signedTime(provider, delivery)).toEqual({ name: 'iat', text: '1778058000', ms: 1_778_058_000_000 });
  });
});

describe('hashes', () => {
  it.each([
    ['the CRC-32 in decimal', { scheme: 'crc32', content: '{body}', encoding: 'decimal' }, body, '646270157'],
    [
      'the CRC-32 in hex, with its zeros',
      { scheme: 'crc32', content: '{body}', encoding: 'hex' },
      '{"n":8}',
      '05898037',
    ],
    [
      'SHA3-256',
      { scheme: 'digest', hash: 'sha3-256', content: '{body}', encoding: 'hex' },
      body,
      'baeaba35a33c7b467b7c4e5bbb4edca6eb57792ca8cb4b16c02a97c10afeff8d',
    ],
    [
      'HMAC-SHA3-384',
      { scheme: 'hmac', hash: 'sha3-384', content: '{body}', encoding: 'base64' },
      body,
      'JayNLl+HuylFiq+f6IkuoHGRqURs049A3aSENiPYKtNXv922dQLnViYLcnT/KAFM',
    ],
    [
      'HMAC-SHA3-512',
      { scheme: 'hmac', hash: 'sha3-512', content: '{body}', encoding: 'hex' },
      body,
      'c18bbd752856062c576756d156d27a93f6473884255ec90c432b1637821c78a588cb6d4d969b22dcf28f4d735ab782577a46a84e5c11481595d6834d2e46fe50',
    ],
  ] as const)('%s', (_, signature, content, text) => {
    const { headers, provider, delivery } = compileDescription(
      { headers: { 'X-Signature': '{it}' }, signatures: { it: signature } },
      content,
    );
    expect(headers['X-Signature']).toBe(text);
    expect(verifyReceived(provider, delivery, ['acme-sample-secret'])).toEqual({ ok: true });
    const tampered = { ...delivery, body: Buffer.from(`${content} `) };
    expect(verifyReceived(provider, tampered, ['acme-sample-secret']).ok).toBe(false);
  });

  it('of hashes', () => {
    const { headers, provider, delivery } = compileDescription({
      headers: { 'X-Signature': '{it}' },
      signatures: {
        inner: { scheme: 'digest', hash: 'md5', content: '{body}', encoding: 'hex' },
        sum: { scheme: 'crc32', content: '{body}', encoding: 'decimal' },
        it: { scheme: 'hmac', hash: 'sha256', content: 'acme|{inner}|{sum}', encoding: 'hex' },
      },
    });
    expect(headers['X-Signature']).toBe('990a7afbc3ed6d716ee0f0cf999a577adf3446b69f8d8ae294d5c605e7f13201');
    expect(verifyReceived(provider, delivery, ['acme-sample-secret'])).toEqual({ ok: true });
  });
});

describe('headers for several secrets', () => {
  const body = '{"n":8}';
  const signatures = { it: { scheme: 'hmac', hash: 'sha256', content: '{body}', encoding: 'hex' } } as const;
  const sign = (parts: Pick<ProviderDescription, 'headers'>, secrets: readonly string[]) => {
    const provider = completeProvider(descriptionSchema.parse(acme({ ...parts, signatures })) as ProviderDescription);
    return { provider, delivery: compileOne({ provider, body, secrets, now }) };
  };
  // printf '{"n":8}' | openssl dgst -sha256 -hmac first-secret
  const first = '89134ae96aa2e77455bc8c8d2e43cd8fcded23723d9ef000cd43ff31121deeae';
  const second = 'c951c42f58b6c21a03db7f4f491a6e2dcbdea803afa4f1e1c5b4c5668bb985d0';

  it.each([
    ['repeated', { 'X-Signature': { value: 'sha256={it}', on: 'each secret' } }, 'X-Signature', 'X-Signature'],
    [
      'numbered',
      { 'X-Signature-{number}': { value: 'sha256={it}', on: 'each secret' } },
      'X-Signature-1',
      'X-Signature-2',
    ],
    [
      'for a second secret',
      { 'X-Primary': 'sha256={it}', 'X-Secondary': { value: 'sha256={it}', on: 'second secret' } },
      'X-Primary',
      'X-Secondary',
    ],
  ] as const)('are %s', (_, headers, one, other) => {
    const both = sign({ headers }, ['first-secret', 'second-secret']);
    expect(both.delivery.headers).toEqual([
      [one, `sha256=${first}`],
      [other, `sha256=${second}`],
    ]);
    for (const secret of ['first-secret', 'second-secret'])
      expect(verifyReceived(both.provider, both.delivery, [secret])).toEqual({ ok: true });
    expect(verifyReceived(both.provider, both.delivery, ['third-secret']).ok).toBe(false);
    const alone = sign({ headers }, ['first-secret']);
    expect(alone.delivery.headers).toEqual([[one, `sha256=${first}`]]);
    expect(verifyReceived(alone.provider, alone.delivery, ['first-secret'])).toEqual({ ok: true });
    expect(recognizeProviders(alone.delivery, [alone.provider])).toEqual([alone.provider]);
    expect(verifyReceived(alone.provider, { ...alone.delivery, headers: [] }, ['first-secret']).ok).toBe(false);
  });

  it('are complained of where they can not be', () => {
    expect(complaints({ headers: { 'X-A': { value: 'x', on: 'sundays' } } }).join()).toMatch(/^headers/);
    expect(complaints({ headers: { 'X-{number}': 'x' } })).toEqual([
      'headers.X-{number}: X-{number} is numbered, which goes with on: each secret.',
    ]);
  });
});

it.each([
  'https://acme.example.com/openapi.json',
  'file:///openapi.json',
  '//host/openapi.json',
  '\\\\host\\a.json',
  '-',
])('takes no specification at %s', (spec) => {
  expect(complaints({ headers: {}, spec })).toEqual([
    'spec: is no path. Nothing is fetched: save the specification, and name the file.',
  ]);
});

it.each(['../../openapi.yaml', './a:b.yaml', 'C:\\acme\\openapi.json', '/etc/acme/openapi.json', 'schemas'])(
  'takes a specification at %s',
  (spec) => {
    expect(complaints({ headers: {}, spec })).toEqual([]);
  },
);
