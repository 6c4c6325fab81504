import { createHmac, createPublicKey, type KeyObject } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Provider } from '../../src/core/provider.js';
import { seededRandom } from '../../src/core/random.js';
import { compileDeliverySync } from '../../src/delivery/compile.js';
import { equivalenceReason, findForgery, forgeries } from '../../src/forge/forgeries.js';
import { inapplicableReason } from '../../src/forge/inapplicableReason.js';
import { writeJson } from '../../src/json/dialect.js';
import { signingKey } from '../../src/signing/signingKey.js';
import { verifyReceived } from '../../src/verify/verify.js';
import { exampleNames, exampleProvider, exampleSample } from '../support/exampleProviders.js';

const bodies = new Map<string, Buffer>();

function bodyOf(provider: Provider, event: string): Buffer {
  const key = `${provider.name} ${event}`;
  const body = bodies.get(key) ?? Buffer.from(writeJson(exampleSample(provider, event), provider.dialect));
  bodies.set(key, body);
  return body;
}

/** A delivery of the default event, forged, and verified with the provider's own secret and nothing of the forger's. */
function forge(name: string, forgery: string) {
  const provider = exampleProvider(name);
  const [other] = Object.keys(provider.events).filter((event) => event !== provider.defaultEvent);
  const secret =
    name === 'adyen' ? 'aa'.repeat(32) : name === 'standard-webhooks' ? 'whsec_YW5vdGhlci1rZXk=' : undefined;
  const own = secret ?? `${provider.secret.sample}-of-the-test`;
  const body = bodyOf(provider, provider.defaultEvent);
  const why =
    inapplicableReason(findForgery(forgery), provider) ??
    equivalenceReason(findForgery(forgery), provider, { body, secrets: [own] });
  if (why) return { why, delivery: null, verified: null };
  const delivery = compileDeliverySync({
    provider,
    event: provider.defaultEvent,
    variant: null,
    url: 'http://127.0.0.1:3000/',
    secrets: [{ value: own, source: 'test', isSample: false }],
    headers: [],
    forgery: findForgery(forgery),
    otherBody: other ? bodyOf(provider, other) : Buffer.from('{}'),
  })({ now: 1_767_225_600_123, random: seededRandom(1), body });
  return { why, delivery, verified: verifyReceived(provider, delivery, [own]).ok };
}

/** Those whose time is another, and signed: only the time is wrong with them. */
const onlyTime = ['stale-timestamp', 'future-timestamp', ...forgeriesNamed('timestamp-in-')];

function forgeriesNamed(beginning: string): string[] {
  return forgeries.map((forgery) => forgery.name).filter((each) => each.startsWith(beginning));
}

describe.each(exampleNames)('of %s', (name) => {
  it.each(forgeries.map((forgery) => forgery.name))('%s is false, or declared to be none', (forgery) => {
    const { why, verified } = forge(name, forgery);
    if (why) expect(why).toMatch(/^[a-z]/);
    else expect(verified).toBe(onlyTime.includes(forgery));
  });
});

/** Those of a scheme with two signatures of different strength. */
const ofSeveral = ['only-weaker', 'only-weaker-false', 'only-stronger-false', 'stronger-false'];

/** Those of signatures by RFC 9421. */
const ofMessages = ['uncovered-body', 'uncovered-request', 'stripped-digest'];

const textSecrets = ['none-secret', 'nil-secret', 'object-secret', 'blank-secret', 'zero-secret'];

/** The forgeries without a meaning, so that a change can't make all of them meaningless unseen. */
const meaningless: Readonly<Record<string, readonly string[]>> = {
  discord: [
    'no-signature-object',
    'empty-secret',
    'undefined-secret',
    'null-secret',
    ...textSecrets,
    'foreign-certificate',
    'wrong-case-signature',
    'first-kib-signature',
    'sha1',
    'md5',
    'named-sha1',
    'named-none',
    'public-key-secret',
    ...ofMessages,
    ...ofSeveral,
    'timestamp-in-seconds',
  ],
  mailgun: [
    'zero-secret',
    'foreign-certificate',
    'tampered-body',
    'appended-byte',
    'reserialised-body',
    'wrong-case-signature',
    'other-event-signature',
    'empty-body-signature',
    'first-kib-signature',
    'named-sha1',
    'named-none',
    'public-key-secret',
    'wrong-header',
    'false-header-first',
    'false-header-last',
    ...ofMessages,
    ...ofSeveral,
    'timestamp-in-seconds',
  ],
  adyen: [
    'zero-secret',
    'foreign-certificate',
    'appended-byte',
    'reserialised-body',
    'empty-body-signature',
    'first-kib-signature',
    'named-sha1',
    'named-none',
    'public-key-secret',
    'wrong-header',
    'false-header-first',
    'false-header-last',
    ...ofMessages,
    ...ofSeveral,
    'stale-timestamp',
    'future-timestamp',
    'unsigned-timestamp',
    'missing-timestamp',
    ...forgeriesNamed('timestamp-in-'),
  ],
  plaid: [
    'no-signature-object',
    'empty-secret',
    'undefined-secret',
    'null-secret',
    ...textSecrets,
    'foreign-certificate',
    'first-kib-signature',
    'sha1',
    'md5',
    'named-sha1',
    'named-none',
    'wrong-encoding',
    ...ofMessages,
    ...ofSeveral,
    'unsigned-timestamp',
    'missing-timestamp',
    'timestamp-in-seconds',
  ],
  linear: [
    'no-signature-object',
    'zero-secret',
    'foreign-certificate',
    'wrong-case-signature',
    'public-key-secret',
    ...ofMessages,
    ...ofSeveral,
    'timestamp-in-milliseconds',
  ],
  github: [
    'no-signature-object',
    'zero-secret',
    'foreign-certificate',
    'wrong-case-signature',
    'public-key-secret',
    ...ofMessages,
    'stale-timestamp',
    'future-timestamp',
    'unsigned-timestamp',
    'missing-timestamp',
    ...forgeriesNamed('timestamp-in-'),
  ],
  twilio: [
    'no-signature-object',
    'zero-secret',
    'foreign-certificate',
    'reserialised-body',
    'first-kib-signature',
    'sha1',
    'named-sha1',
    'public-key-secret',
    ...ofMessages,
    ...ofSeveral,
    'stale-timestamp',
    'future-timestamp',
    'unsigned-timestamp',
    'missing-timestamp',
    ...forgeriesNamed('timestamp-in-'),
  ],
};

it.each(Object.keys(meaningless))('those of %s that mean nothing are known', (name) => {
  const found = forgeries.map((forgery) => forgery.name).filter((forgery) => forge(name, forgery).why !== null);
  expect(found).toEqual(meaningless[name]);
});

it('a token can be missing, empty, doubled or another, and nothing else', () => {
  for (const name of ['gitlab', 'chargebee']) {
    const meant = forgeries.map((forgery) => forgery.name).filter((forgery) => forge(name, forgery).why === null);
    expect(meant).toEqual([
      'no-signature',
      'empty-signature',
      'wrong-secret',
      'empty-secret',
      'undefined-secret',
      'null-secret',
      'none-secret',
      'nil-secret',
      'object-secret',
      'sample-secret',
      'wrong-header',
      'false-header-first',
      'false-header-last',
    ]);
  }
});

it('a field that is signed is changed where only fields are', () => {
  const { delivery } = forge('adyen', 'tampered-body');
  expect(Buffer.from(delivery!.body).toString()).toContain('"pspReference":"KT7Q2MZ9X4WB7NDH"');
  const { delivery: sns } = forge('aws-sns', 'tampered-body');
  expect(JSON.parse(Buffer.from(sns!.body).toString()).Message).toContain('"amount":"73.51"');
});

it('the signature in a body is left out, or empty', () => {
  const item = (forgery: string) =>
    JSON.parse(Buffer.from(forge('adyen', forgery).delivery!.body).toString()).notificationItems[0]
      .NotificationRequestItem;
  expect(item('no-signature').additionalData).toMatchObject({ authCode: '063847' });
  expect(item('no-signature').additionalData).not.toHaveProperty('hmacSignature');
  expect(item('no-signature-object')).not.toHaveProperty('additionalData');
  expect(item('empty-signature').additionalData).toMatchObject({ hmacSignature: '', authCode: '063847' });
  const mail = JSON.parse(Buffer.from(forge('mailgun', 'no-signature-object').delivery!.body).toString());
  expect(Object.keys(mail)).toEqual(['event-data']);
});

it('a token without a key says that it needs none', () => {
  const { delivery } = forge('plaid', 'unkeyed-hash');
  const [head, claims, signature] = delivery!.headers.find(([name]) => name === 'Plaid-Verification')![1].split('.');
  expect(JSON.parse(Buffer.from(head!, 'base64url').toString()).alg).toBe('none');
  expect(JSON.parse(Buffer.from(claims!, 'base64url').toString())).toHaveProperty('request_body_sha256');
  expect(signature).toBe('');
});

it('a time in the body is changed after it was signed', () => {
  const { delivery } = forge('linear', 'unsigned-timestamp');
  expect(JSON.parse(Buffer.from(delivery!.body).toString()).webhookTimestamp).toBe(1_767_225_660_123);
});

it('of two signatures one is left out, or false', () => {
  const signatures = (forgery: string) =>
    Object.fromEntries(
      forge('github', forgery).delivery!.headers.filter(([name]) => name.startsWith('X-Hub-Signature')),
    );
  const own = exampleProvider('github');
  const body = bodyOf(own, own.defaultEvent);
  const hmac = (hash: string) =>
    `${hash}=${createHmac(hash, `${own.secret.sample}-of-the-test`).update(body).digest('hex')}`;
  expect(signatures('only-weaker')).toEqual({ 'X-Hub-Signature': hmac('sha1') });
  const onlyWeaker = signatures('only-weaker-false');
  expect(Object.keys(onlyWeaker)).toEqual(['X-Hub-Signature']);
  expect(onlyWeaker['X-Hub-Signature']).not.toBe(hmac('sha1'));
  const strongerFalse = signatures('stronger-false');
  expect(strongerFalse['X-Hub-Signature']).toBe(hmac('sha1'));
  expect(strongerFalse['X-Hub-Signature-256']).not.toBe(hmac('sha256'));
  expect(Object.keys(signatures('only-stronger-false'))).toEqual(['X-Hub-Signature-256']);
});

it('the algorithm is named where a receiver may look for it', () => {
  const { delivery } = forge('github', 'named-none');
  expect(delivery!.headers).toContainEqual(['X-Hub-Signature-256', 'none=']);
  expect(delivery!.headers).toContainEqual(['X-Hub-Signature-256-Algorithm', 'none']);
  const body = bodyOf(exampleProvider('shopify'), exampleProvider('shopify').defaultEvent);
  const { delivery: sha1 } = forge('shopify', 'named-sha1');
  expect(sha1!.headers).toContainEqual(['X-Signature-Algorithm', 'sha1']);
  const secret = `${exampleProvider('shopify').secret.sample}-of-the-test`;
  expect(sha1!.headers).toContainEqual([
    'X-Shopify-Hmac-Sha256',
    createHmac('sha1', secret).update(body).digest('base64'),
  ]);
});

it('a token is keyed with the public key', () => {
  const { delivery } = forge('plaid', 'public-key-secret');
  const [head, claims, signature] = delivery!.headers.find(([name]) => name === 'Plaid-Verification')![1].split('.');
  expect(JSON.parse(Buffer.from(head!, 'base64url').toString()).alg).toBe('HS256');
  const seed = `${exampleProvider('plaid').secret.sample}-of-the-test`;
  const pem = createPublicKey(signingKey(exampleProvider('plaid').signatures.token!, seed) as KeyObject).export({
    type: 'spki',
    format: 'pem',
  });
  expect(signature).toBe(createHmac('sha256', pem).update(`${head}.${claims}`).digest('base64url'));
});

it('what a missing variable becomes is decoded as the secret is', () => {
  const signedParts = (forgery: string) => {
    const headers = Object.fromEntries(forge('standard-webhooks', forgery).delivery!.headers);
    return [`${headers['webhook-id']}.${headers['webhook-timestamp']}.`, headers['webhook-signature']!];
  };
  const body = bodyOf(exampleProvider('standard-webhooks'), 'contact.created');
  // Buffer.from('undefined', 'base64') and the like: Python and Node decode these texts to the same bytes.
  for (const [forgery, key] of [
    ['undefined-secret', 'ba775e7e29de'],
    ['null-secret', '9ee965'],
    ['none-secret', '3689de'],
  ] as const) {
    const [head, signature] = signedParts(forgery);
    const expected = createHmac('sha256', Buffer.from(key, 'hex')).update(head!).update(body).digest('base64');
    expect(signature, forgery).toBe(`v1,${expected}`);
  }
});

it('the address of the key is that of the forger', () => {
  const message = JSON.parse(Buffer.from(forge('aws-sns', 'foreign-certificate').delivery!.body).toString());
  expect(message.SigningCertURL).toBe('http://127.0.0.1:9/webhook-sim.pem');
  expect(message.Message).toMatch(/^\{"order":1001,"status":"paid",/);
});

it('a hash that holds the secret is made without it', () => {
  const provider: Provider = {
    ...exampleProvider('shopify'),
    headers: [['X-Sig', '{signature}']],
    values: {},
    signatures: { signature: { scheme: 'digest', hash: 'md5', content: '{body}{secret}', encoding: 'hex' } },
  };
  const compile = (forgery: string | null) =>
    compileDeliverySync({
      provider,
      event: provider.defaultEvent,
      variant: null,
      url: 'http://127.0.0.1:3000/',
      secrets: [{ value: 'top-secret-1', source: 'test', isSample: false }],
      headers: [],
      forgery: forgery === null ? null : findForgery(forgery),
    })({ now: 0, random: seededRandom(1), body: Buffer.from('{"a":1}') }).headers[0]![1];
  // printf '{"a":1}top-secret-1' | md5sum
  expect(compile(null)).toBe('ce2acedb7e1b85298b5968ff065e7dab');
  // printf '{"a":1}' | md5sum
  expect(compile('unkeyed-hash')).toBe('bb6cb5c68df4652941caf652a366f2d8');
});

it('a time is told in another unit, or not at all', () => {
  const slack = (forgery: string) =>
    Object.fromEntries(forge('slack', forgery).delivery!.headers)['X-Slack-Request-Timestamp'];
  expect(slack('timestamp-in-milliseconds')).toBe('1767225600123');
  expect(slack('timestamp-in-microseconds')).toBe('1767225600123000');
  expect(slack('missing-timestamp')).toBeUndefined();
  expect(JSON.parse(Buffer.from(forge('linear', 'missing-timestamp').delivery!.body).toString())).not.toHaveProperty(
    'webhookTimestamp',
  );
});

it('changes a signature in the middle, and lets two characters change places', () => {
  const signatureOf = (forgery: string | null) =>
    Object.fromEntries(forge('shopify', forgery ?? 'wrong-case-signature').delivery!.headers)['X-Shopify-Hmac-Sha256']!;
  const honest = createHmac('sha256', `${exampleProvider('shopify').secret.sample}-of-the-test`)
    .update(bodyOf(exampleProvider('shopify'), exampleProvider('shopify').defaultEvent))
    .digest('base64');
  const differing = (forgery: string) =>
    [...signatureOf(forgery)].flatMap((char, at) => (char === honest[at] ? [] : at));
  for (const [forgery, from, to] of [
    ['tampered-signature-early', 11, 21],
    ['tampered-signature-middle', 22, 32],
    ['tampered-signature-late', 33, 42],
  ] as const) {
    const [at, ...more] = differing(forgery);
    expect(more, forgery).toEqual([]);
    expect(at).toBeGreaterThanOrEqual(from);
    expect(at).toBeLessThanOrEqual(to);
  }
  expect(differing('permuted-signature')).toHaveLength(2);
  expect([...signatureOf('permuted-signature')].sort()).toEqual([...honest].sort());
  expect(signatureOf('wildcard-underscore')).toBe('_'.repeat(44));
  expect(signatureOf('wildcard-percent')).toBe('%');
});
