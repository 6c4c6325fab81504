import { describe, expect, it } from 'vitest';
import { casesFor, leftOutReason } from '../../src/check/cases/cases.js';
import type { ProviderDescription } from '../../src/core/providerDescription.js';
import { seededRandom } from '../../src/core/random.js';
import { compileDeliverySync } from '../../src/delivery/compile.js';
import { buildHandshake } from '../../src/handshake/handshake.js';
import { parseBody, writeJson } from '../../src/json/dialect.js';
import { getPath, parsePath } from '../../src/json/path.js';
import { compilePayload, fillPayload } from '../../src/payloads/compiled.js';
import { findIdentityGroup, IdentityRenewal } from '../../src/payloads/identityRenewal.js';
import { sampleFile, sampleNames } from '../../src/payloads/sampleName.js';
import { eventRules } from '../../src/policy/rules.js';
import { completeProvider } from '../../src/providers/complete.js';
import { scannerPatterns } from '../../src/providers/scannerPatterns.js';
import { verifyReceived } from '../../src/verify/verify.js';
import {
  catalogueNames,
  exampleFile,
  exampleNames,
  examplePayloads,
  exampleProvider,
  exampleSample,
} from '../support/exampleProviders.js';
import { exampleVectors, vectorTime, vectorUrl } from './exampleVectors.js';

it('all examples ship', () => {
  expect(exampleNames.filter((name) => !catalogueNames.includes(name))).toEqual([]);
  expect(
    Object.keys(exampleVectors).filter((name) => !exampleNames.includes(name)),
    'vectors of examples that do not exist',
  ).toEqual([]);
});

it('a check leaves out what can be no request of theirs', () => {
  const leftOut = (name: string) =>
    casesFor(exampleProvider(name), exampleProvider(name).defaultEvent, false).flatMap((each) => {
      const reason = leftOutReason(each, exampleProvider(name));
      return reason && !reason.includes('no forgery') ? [each.name] : [];
    });
  expect(leftOut('slack')).toEqual(['dialect-js', 'signature-in-header']);
  expect(leftOut('twilio')).toEqual([
    'dialect-js',
    'dialect-pretty',
    'dialect-ascii',
    'dialect-python',
    'dialect-go',
    'dialect-ruby',
    'dialect-php',
    'unknown-fields',
    'charset',
    'padded-64k',
    'padded-256k',
    'padded-1m',
    'divided-character',
    'first-kib-signature',
    'signature-in-header',
    'unsigned-form',
    'unsigned-101k',
    'unsigned-1m',
    'unsigned-ping',
    'unsigned-test',
    'freshness-window',
    'malformed-json',
    'duplicate-keys',
    'huge-numbers',
    'null-character',
    'invalid-utf8',
    'proto-key',
    'deep-nesting',
  ]);
  const withoutFields = [
    'respelled-signature',
    'suffixed-signature',
    'signature-in-body',
    'malformed-json',
    'empty-body',
    'empty-object',
    'array-body',
    'null-body',
    'text-body',
    'get',
    'head',
    'deep-nesting',
  ];
  expect(leftOut('standard-webhooks')).toEqual(['dialect-js', 'suffixed-signature', 'signature-in-header']);
  expect(leftOut('plaid')).toEqual(['dialect-pretty', 'respelled-signature', 'signature-in-header']);
  expect(leftOut('gitlab')).toEqual(['dialect-js', 'respelled-signature', 'signature-in-header', 'freshness-window']);
  expect(leftOut('mailgun')).toEqual(['dialect-js', ...withoutFields]);
  expect(leftOut('aws-sns').sort()).toEqual(
    ['dialect-pretty', 'charset', 'freshness-window', 'unsigned-text', 'wrong-content-type', ...withoutFields].sort(),
  );
});

describe.each(exampleNames)('the example %s', (name) => {
  const provider = exampleProvider(name);
  const events = Object.keys(provider.events);
  const samples = sampleNames(provider);
  const secrets = [{ value: provider.secret.sample, source: 'sample', isSample: true }];
  const make = (event: string) =>
    compileDeliverySync({ provider, event, variant: null, url: 'http://127.0.0.1:3000/', secrets, headers: [] });
  const moment = { now: vectorTime, random: seededRandom(1) };

  it('is a file that the schema takes as it is', () => {
    expect({ ...completeProvider(exampleFile(name) as ProviderDescription), samples: undefined }).toEqual({
      ...provider,
      samples: undefined,
    });
    expect(provider.name).toBe(name);
    expect(events).toContain(provider.defaultEvent);
  });

  it('has a payload for each event and variant, and for nothing else', () => {
    expect(examplePayloads(name)).toEqual(samples.map(sampleFile).sort());
  });

  it.each(samples)('tells the name of $event where the provider does ($variant)', ({ event, variant }) => {
    if (provider.eventAt === null) return;
    expect(getPath(exampleSample(provider, event, variant), parsePath(provider.eventAt))).toBe(event);
  });

  it.each(events)('has templates, rules and places that work for %s', (event) => {
    const sample = exampleSample(provider, event);
    const delivery = make(event)({ ...moment, body: Buffer.from(writeJson(sample, provider.dialect)) });
    // Those of retries are not in the first attempt.
    const always = provider.headers.filter(([, value]) => typeof value === 'string' || !('on' in value));
    expect(delivery.headers.map(([header]) => header)).toEqual(always.map(([header]) => header));
    for (const [header, value] of delivery.headers) expect(value, header).toMatch(/^[\x20-\x7e]+$/);
    for (const [path] of provider.fields ?? [])
      expect(getPath(parseBody(delivery.body, provider.dialect), parsePath(path))).not.toBe('');
    expect(() => eventRules(provider, provider.events[event])).not.toThrow();
    expect(verifyReceived(provider, delivery, [provider.secret.sample])).toEqual({ ok: true });
  });

  it.each(samples)('renews what its group says of $event, in place ($variant)', ({ event, variant }) => {
    const group = findIdentityGroup(provider.identities, event);
    if (!group) return;
    const sample = exampleSample(provider, event, variant);
    const { dialect } = provider;
    const bytes = Buffer.from(writeJson(sample, dialect));
    const payload = compilePayload({ sample, bytes, identityGroup: group, fresh: 'all', dialect });
    expect(payload.holes.length).toBeGreaterThan(0);
    const filled = fillPayload(payload, new IdentityRenewal(12_345_678_901, seededRandom(7)));
    expect(filled).toHaveLength(bytes.length);
    expect(Buffer.from(filled).equals(bytes)).toBe(false);
    expect(() => parseBody(filled, dialect)).not.toThrow();
  });

  it('tells each event in at most one group', () => {
    const events = provider.identities.flatMap((group) => group.events);
    expect(new Set(events).size).toBe(events.length);
  });

  it('has a sample secret that looks like one of its own and like none that a scanner reports', () => {
    const { sample, shape } = provider.secret;
    if (shape) expect(sample, shape.description).toMatch(new RegExp(shape.pattern));
    expect(scannerPatterns.filter(([, pattern]) => pattern.test(sample)).map(([kind]) => kind)).toEqual([]);
  });

  it('has handshakes that can be made', async () => {
    for (const handshake of provider.handshakes ?? []) {
      const source = { provider, url: 'http://127.0.0.1:3000/', secrets, headers: [] };
      const { delivery } = await buildHandshake(handshake, source, moment);
      expect(verifyReceived(provider, delivery, [provider.secret.sample]).ok).toBe(handshake.falselySigned !== true);
    }
  });

  it('makes, or takes, the signatures of its vector', () => {
    const vector = exampleVectors[name];
    if (!vector)
      throw new Error(
        `${name} has no vector: add one to test/contract/exampleVectors.ts, computed by other means than this program.`,
      );
    const { secret, body, headers, fields, received } = vector;
    if (received) {
      const request = { method: 'POST', url: vectorUrl, headers: received, body: Buffer.from(body) };
      expect(verifyReceived(provider, request, [secret])).toEqual({ ok: true });
      for (const changed of [body.replace('é', 'e'), body.replace(/"(opened|test)"?/, '"$1 "')].filter(
        (text) => text !== body,
      )) {
        const covers = name !== 'mailgun';
        expect(verifyReceived(provider, { ...request, body: Buffer.from(changed) }, [secret]).ok).toBe(!covers);
      }
      return;
    }
    const delivery = compileDeliverySync({
      provider,
      event: provider.defaultEvent,
      variant: null,
      url: 'http://127.0.0.1:3000/',
      publicUrl: vectorUrl,
      secrets: [{ value: secret, source: 'test', isSample: false }],
      headers: [],
    })({ ...moment, body: Buffer.from(body) });
    expect([headers, fields].flat().filter(Boolean).length).toBeGreaterThan(0);
    for (const header of headers ?? []) expect(delivery.headers).toContainEqual(header);
    for (const [path, text] of fields ?? []) {
      const value = getPath(parseBody(delivery.body, provider.dialect), parsePath(path));
      expect(typeof value === 'string' ? value : (value as { text: string }).text).toBe(text);
    }
  });
});

it.each(exampleNames)(
  '%s says, with its source, whether its own verifier looks at the age of a signed time',
  (name) => {
    const { freshness } = exampleProvider(name);
    expect(freshness?.source).toMatch(/^https:\/\//);
    expect(freshness?.checked === true).toBe(freshness?.toleranceSeconds !== undefined);
  },
);
