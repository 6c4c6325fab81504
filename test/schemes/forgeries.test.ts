import { describe, expect, it } from 'vitest';
import type { Provider } from '../../src/core/provider.js';
import { seededRandom } from '../../src/core/random.js';
import { compileDelivery } from '../../src/delivery/compile.js';
import { verify } from '../../src/delivery/verify.js';
import { findForgery, whyTrue } from '../../src/forge/findForgery.js';
import { forgeries } from '../../src/forge/forgeries.js';
import { whyMeaningless } from '../../src/forge/whyMeaningless.js';
import { writeJson } from '../../src/json/dialect.js';
import { exampleNames, exampleProvider, exampleSample } from '../support/exampleProviders.js';

const bodyOf = (provider: Provider, event: string) =>
  Buffer.from(writeJson(exampleSample(provider, event), provider.dialect));

/** A delivery of the flagship, forged, and verified with the provider's own secret and nothing of the forger's. */
function forge(name: string, forgery: string) {
  const provider = exampleProvider(name);
  const [other] = Object.keys(provider.events).filter((event) => event !== provider.flagship);
  const secret =
    name === 'adyen' ? 'aa'.repeat(32) : name === 'standard-webhooks' ? 'whsec_YW5vdGhlci1rZXk=' : undefined;
  const own = secret ?? `${provider.secret.sample}-of-the-test`;
  const body = bodyOf(provider, provider.flagship);
  const why =
    whyMeaningless(findForgery(forgery), provider) ?? whyTrue(findForgery(forgery), provider, { body, secrets: [own] });
  if (why) return { why, delivery: null, verified: null };
  const delivery = compileDelivery({
    provider,
    event: provider.flagship,
    variant: null,
    url: 'http://127.0.0.1:3000/',
    secrets: [{ value: own, source: 'test', isSample: false }],
    headers: [],
    forgery: findForgery(forgery),
    otherBody: other ? bodyOf(provider, other) : Buffer.from('{}'),
  })({ now: 1_767_225_600_123, random: seededRandom(1), body });
  return { why, delivery, verified: verify(provider, delivery, [own]).ok };
}

/** Those whose time is old, and signed: only the age is wrong with them. */
const onlyOld = ['stale-timestamp', 'future-timestamp'];

describe.each(exampleNames)('of %s', (name) => {
  it.each(forgeries.map((forgery) => forgery.name))('%s is false, or declared to be none', (forgery) => {
    const { why, verified } = forge(name, forgery);
    if (why) expect(why).toMatch(/^[a-z]/);
    else expect(verified).toBe(onlyOld.includes(forgery));
  });
});

/** How many forgeries mean nothing, so that a change here does not make all of them meaningless unseen. */
const meaningless: Readonly<Record<string, readonly string[]>> = {
  discord: [
    'empty-secret',
    'undefined-secret',
    'null-secret',
    'wrong-case-signature',
    'first-kib-signature',
    'sha1',
    'md5',
  ],
  mailgun: [
    'tampered-body',
    'appended-byte',
    'reserialised-body',
    'wrong-case-signature',
    'other-event-signature',
    'empty-body-signature',
    'first-kib-signature',
    'wrong-header',
    'false-header-first',
    'false-header-last',
  ],
  adyen: [
    'appended-byte',
    'reserialised-body',
    'empty-body-signature',
    'first-kib-signature',
    'wrong-header',
    'false-header-first',
    'false-header-last',
    'stale-timestamp',
    'future-timestamp',
    'unsigned-timestamp',
  ],
  plaid: [
    'empty-secret',
    'undefined-secret',
    'null-secret',
    'first-kib-signature',
    'sha1',
    'md5',
    'wrong-encoding',
    'unsigned-timestamp',
  ],
  linear: ['wrong-case-signature', 'first-kib-signature'],
  twilio: [
    'reserialised-body',
    'first-kib-signature',
    'sha1',
    'stale-timestamp',
    'future-timestamp',
    'unsigned-timestamp',
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
      'sample-secret',
      'wrong-header',
      'false-header-first',
      'false-header-last',
    ]);
  }
});

it('a field that is signed is changed where only fields are', () => {
  const { delivery } = forge('adyen', 'tampered-body');
  expect(Buffer.from(delivery!.body).toString()).toContain('"pspReference":"7914073381342285"');
  const { delivery: sns } = forge('aws-sns', 'tampered-body');
  expect(JSON.parse(Buffer.from(sns!.body).toString()).Message).toBe('{"order":1002,"note":"kopi & susu ☕"}');
});

it('the signature in a body is left out, or empty', () => {
  const item = (forgery: string) =>
    JSON.parse(Buffer.from(forge('adyen', forgery).delivery!.body).toString()).notificationItems[0]
      .NotificationRequestItem;
  expect(item('no-signature').additionalData).toEqual({});
  expect(item('empty-signature').additionalData).toEqual({ hmacSignature: '' });
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
