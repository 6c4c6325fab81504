import { createHash, createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { flagName } from '../../src/cli/options/flags.js';
import type { Header } from '../../src/core/delivery.js';
import { diagnoseSignature } from '../../src/diagnose/diagnoseSignature.js';
import { defineProvider, type ProviderName, verify } from '../../src/index.js';
import { findProvider } from '../../src/providers/findProvider.js';
import { diagnosisText } from '../../src/report/verify/diagnosis.js';
import { secret } from './support.js';

const key = 'its secret';
const body = '{"type":"user.created"}';
const url = 'https://shop.example/hooks';
const hex = (hash: string, text = body) => createHmac(hash, key).update(text).digest('hex');
const base64 = (hash: string, text: string) => createHmac(hash, key).update(text).digest('base64');

const now = 1_700_000_000_000;
const hub256: Header = ['X-Hub-Signature-256', `sha256=${hex('sha256')}`];
const hub1: Header = ['X-Hub-Signature', `sha1=${hex('sha1')}`];
const square256: Header = ['x-square-hmacsha256-signature', base64('sha256', url + body)];
const square1: Header = ['x-square-signature', base64('sha1', url + body)];
const hubspotTime: Header = ['X-HubSpot-Request-Timestamp', String(now)];
const hubspot3: Header = ['X-HubSpot-Signature-v3', base64('sha256', `POST${url}${body}${now}`)];
const hubspot1: Header = [
  'X-HubSpot-Signature',
  createHash('sha256')
    .update(key + body)
    .digest('hex'),
];
const gitea: Header = ['X-Gitea-Signature', hex('sha256')];

it.each<[ProviderName, Header[], string]>([
  ['github', [hub256], 'X-Hub-Signature did not come'],
  ['square', [square256], 'x-square-signature did not come'],
  ['hubspot', [hubspotTime, hubspot3], 'X-HubSpot-Signature did not come'],
  ['gitea', [gitea], 'X-Gogs-Signature and X-Hub-Signature and X-Hub-Signature-256 did not come'],
])('%s is genuine by the header that is there, and the other one is a remark', async (provider, headers, remark) => {
  expect(verify({ provider, headers, body, secret: key, url })).toEqual({ ok: true, remark });
  expect(verify({ provider, headers, body: `${body} `, secret: key, url }).ok).toBe(false);
  const diagnosis = await diagnosed(provider, headers);
  expect(diagnosis).toMatchObject({ genuine: true, headers: [headers.at(-1)![0]], problems: [] });
  expect(diagnosis.findings.map(({ name }) => name)).toEqual(['header-one-missing']);
});

it.each<[string, ProviderName, Header[]]>([
  ['the weaker one alone', 'github', [hub1]],
  ['the weaker one of an address alone', 'square', [square1]],
  ['the one that covers no time and no address', 'hubspot', [hubspotTime, hubspot1]],
  ['the stronger one false', 'github', [['X-Hub-Signature-256', `sha256=${hex('sha256', 'x')}`]]],
  ['the other one there and false', 'github', [hub256, ['X-Hub-Signature', `sha1=${hex('sha1', 'x')}`]]],
  ['the other one there and empty', 'github', [hub256, ['X-Hub-Signature', '']]],
  ['the other one there twice', 'github', [hub256, hub1, hub1]],
  ['none', 'github', []],
  ['the public half of the key missing', 'pusher', [['X-Pusher-Signature', hex('sha256')]]],
])('%s is not genuine', async (_, provider, headers) => {
  const secrets = provider === 'pusher' ? `app|${key}` : key;
  expect(verify({ provider, headers, body, secret: secrets, url }).ok).toBe(false);
  expect((await diagnosed(provider, headers, secrets)).genuine).toBe(false);
});

it('is not genuine where the missing signature is the only one that covers something, such as the time', () => {
  const provider = defineProvider({
    name: 'acme',
    secret: { env: ['ACME_SECRET'], sample: 'sample' },
    headers: { 'X-Time': '{time}', 'X-Body-Signature': '{plain}', 'X-Signature': '{timed}' },
    values: { time: { kind: 'time', format: 'unix-seconds' } },
    signatures: {
      plain: { scheme: 'hmac', hash: 'sha256', content: '{body}', encoding: 'hex' },
      timed: { scheme: 'hmac', hash: 'sha256', content: '{time}.{body}', encoding: 'hex' },
    },
    events: { 'order.created': {} },
  });
  const time: Header = ['X-Time', '1700000000'];
  const plain: Header = ['X-Body-Signature', hex('sha256')];
  const timed: Header = ['X-Signature', hex('sha256', `1700000000.${body}`)];
  const given = { provider, body, secret: key };
  expect(verify({ ...given, headers: [time, plain, timed] })).toEqual({ ok: true });
  expect(verify({ ...given, headers: [time, timed] })).toEqual({ ok: true, remark: 'X-Body-Signature did not come' });
  expect(verify({ ...given, headers: [time, plain] })).toEqual({
    ok: false,
    reason: 'the header X-Signature is missing',
  });
});

it('blames the body and not the header that is not needed, where the body is another one', async () => {
  const { genuine, problems, findings } = await diagnosed('github', [hub256], key, `${body}\n`);
  expect({ genuine, problems, names: findings.map(({ name }) => name) }).toEqual({
    genuine: false,
    problems: [],
    names: ['body-newline-removed'],
  });
});

it('says so in the words of the provider', async () => {
  const text = diagnosisText(await diagnosed('github', [hub256]), {
    colour: false,
    unicode: true,
    columns: Number.POSITIVE_INFINITY,
  });
  expect(text).toBe(
    [
      "✓ genuine: GitHub's signature in X-Hub-Signature-256 fits the body (23 bytes)",
      '  note    The signature is in the header X-Hub-Signature-256 alone, and fits there; X-Hub-Signature did not come. A receiver that verifies X-Hub-Signature-256 accepts this request, one that reads X-Hub-Signature does not: was X-Hub-Signature, which GitHub sends as well, left out of the capture, or does a proxy drop it?',
      '  secret  that of --secret (fingerprint a00350e0)',
      '',
    ].join('\n'),
  );
});

function diagnosed(name: ProviderName, headers: Header[], value = key, text = body) {
  return diagnoseSignature({
    provider: findProvider(name),
    request: { method: 'POST', url, headers, body: Buffer.from(text) },
    secrets: [secret(value)],
    now,
    toleranceMs: 300_000,
    nameOf: flagName,
  });
}
