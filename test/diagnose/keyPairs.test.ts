import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Header } from '../../src/core/delivery.js';
import type { Provider } from '../../src/core/provider.js';
import type { SchemeOptions } from '../../src/core/scheme.js';
import { keyPairAlgorithms } from '../../src/diagnose/hypotheses/keyPairAlgorithms.js';
import { diagnosisText } from '../../src/report/verify/diagnosis.js';
import { exampleProvider } from '../support/exampleProviders.js';
import { ecKey, keyPair, numbersOf, openssl, signedBy } from './elsewhere.js';
import { diagnosed, namesOf, secret } from './support.js';

const time = '1700000000';
const body = '{"event":"café ☕","n":1.50}';
const ed = keyPair('ED25519');
const ec = ecKey();
const rsa = keyPair('RSA', '-pkeyopt', 'rsa_keygen_bits:2048');
const other = keyPair('ED25519');
const look = { colour: false, unicode: true, columns: Number.POSITIVE_INFINITY };
const pssOptions = (salt: string) => [
  '-sha256',
  '-sigopt',
  'rsa_padding_mode:pss',
  '-sigopt',
  `rsa_pss_saltlen:${salt}`,
];

const discord = exampleProvider('discord');
const sendgrid = exampleProvider('sendgrid');
const inHeader = (options: SchemeOptions): Provider => ({
  ...discord,
  headers: [['X-Sig', '{signature}']],
  values: {},
  signatures: { signature: options },
});
const numbers = inHeader({ scheme: 'ecdsa', hash: 'sha256', form: 'numbers', content: '{body}', encoding: 'base64' });
const pkcs1 = inHeader({ scheme: 'rsa', hash: 'sha256', padding: 'pkcs1', content: '{body}', encoding: 'base64' });
const pss = inHeader({ scheme: 'rsa', hash: 'sha256', padding: 'pss', content: '{body}', encoding: 'base64' });

const ofDiscord = (signature: string, timestamp = time): Header[] => [
  ['X-Signature-Ed25519', signature],
  ['X-Signature-Timestamp', timestamp],
];
const ofSendgrid = (signature: string): Header[] => [
  ['X-Twilio-Email-Event-Webhook-Signature', signature],
  ['X-Twilio-Email-Event-Webhook-Timestamp', time],
];
const hex = (content: string, key = ed) => signedBy(key.secret, content).toString('hex');
const base64 = (content: string) => signedBy(ed.secret, content).toString('base64');
const der = (content: string, hash = '-sha256') => signedBy(ec.secret, content, hash);
const sig = (bytes: Uint8Array): Header[] => [['X-Sig', Buffer.from(bytes).toString('base64')]];
const rsaSigned = (...options: string[]) => sig(signedBy(rsa.secret, body, ...options));
const digest = openssl(['dgst', '-sha256', '-binary'], body);

/** Wrong signatures by openssl, with the name of each mistake. */
const rows: [name: string, what: string, provider: Provider, headers: () => Header[], given: string, body?: string][] =
  [
    ['encoding-base64', 'Base64 for hex', discord, () => ofDiscord(base64(time + body)), ed.half],
    ['encoding-upper-hex', 'capitals', discord, () => ofDiscord(hex(time + body).toUpperCase()), ed.half],
    ['encoding-hex', 'hex for Base64', sendgrid, () => ofSendgrid(der(time + body).toString('hex')), ec.half],
    [
      'encoding-base64url',
      'URL-safe',
      pkcs1,
      () => [
        ['X-Sig', signedBy(rsa.secret, body, '-sha256').toString('base64').replaceAll('+', '-').replaceAll('/', '_')],
      ],
      rsa.half,
    ],
    ['signature-quoted', 'quotes', discord, () => ofDiscord(`"${hex(time + body)}"`), ed.half],
    ['content-body-only', 'the time left out', discord, () => ofDiscord(hex(body)), ed.half],
    ['content-separator', 'a dot where there is none', discord, () => ofDiscord(hex(`${time}.${body}`)), ed.half],
    ['content-order', 'the body first', discord, () => ofDiscord(hex(body + time)), ed.half],
    ['time-changed', 'the time wrong by a minute', discord, () => ofDiscord(hex(`1699999940${body}`)), ed.half],
    ['time-unit', 'milliseconds', discord, () => ofDiscord(hex(`${time}000${body}`)), ed.half],
    [
      'body-js',
      'parsed and reserialised',
      discord,
      () => ofDiscord(hex(`${time}{"event":"café ☕","n":1.5}`)),
      ed.half,
    ],
    [
      'body-newline-removed',
      'a newline in the capture',
      discord,
      () => ofDiscord(hex(time + body)),
      ed.half,
      `${body}\n`,
    ],
    ['body-trimmed', 'white space in the capture', discord, () => ofDiscord(hex(time + body)), ed.half, ` ${body} \n`],
    ['secret-other', "another application's key", discord, () => ofDiscord(hex(time + body, other)), ed.half],
    [
      'header-other',
      'renamed',
      discord,
      () => [
        ['X-Sig', hex(time + body)],
        ['X-Signature-Timestamp', time],
      ],
      ed.half,
    ],
    [
      'ecdsa-form',
      'two numbers for DER',
      sendgrid,
      () => ofSendgrid(numbersOf(der(time + body)).toString('base64')),
      ec.half,
    ],
    ['ecdsa-form', 'DER for two numbers', numbers, () => sig(der(body)), ec.half],
    ['key-pair-hash', 'SHA-512', numbers, () => sig(numbersOf(der(body, '-sha512'))), ec.half],
    ['key-pair-hash', 'SHA-1 and RSA', pkcs1, () => rsaSigned('-sha1'), rsa.half],
    [
      'key-pair-prehashed',
      'hashed twice',
      numbers,
      () => sig(numbersOf(signedBy(ec.secret, digest, '-sha256'))),
      ec.half,
    ],
    [
      'key-pair-prehashed',
      'Ed25519 of a hash',
      inHeader({ scheme: 'ed25519', content: '{body}', encoding: 'base64' }),
      () => sig(signedBy(ed.secret, digest)),
      ed.half,
    ],
    ['rsa-padding', 'PSS for PKCS #1', pkcs1, () => rsaSigned(...pssOptions('digest')), rsa.half],
    ['rsa-padding', 'PKCS #1 for PSS', pss, () => rsaSigned('-sha256'), rsa.half],
    ['rsa-padding', 'a longer salt', pss, () => rsaSigned(...pssOptions('max')), rsa.half],
  ];

describe('a signature of openssl', () => {
  it.each(rows)('%s (%s)', async (name, _, provider, headers, half, captured = body) => {
    const others = [secret(other.half, 'env:OLD_KEY')];
    const given = { provider, headers: headers(), body: Buffer.from(captured), secrets: [half], others };
    const diagnosis = await diagnosed(given);
    expect(diagnosis.genuine).toBe(false);
    expect(namesOf(diagnosis)).toEqual([name]);
    const text = diagnosisText(diagnosis, look);
    expect(text).not.toMatch(/\{(detail|provider|expected|call|algorithm|own|form|thing|content)\}|undefined/);
    expect(text).not.toContain('BEGIN');
  });

  it.each([
    ['Ed25519', discord, () => ofDiscord(hex(time + body)), ed],
    ['ECDSA in DER', sendgrid, () => ofSendgrid(der(time + body).toString('base64')), ec],
    ['ECDSA as numbers', numbers, () => sig(numbersOf(der(body))), ec],
    ['RSA', pkcs1, () => rsaSigned('-sha256'), rsa],
    ['RSA-PSS', pss, () => rsaSigned(...pssOptions('digest')), rsa],
  ])('is genuine by either half of the key: %s', async (_, provider, headers, { secret: own, half }) => {
    const fingerprint = createHash('sha256')
      .update(openssl(['pkey', '-pubin', '-outform', 'DER'], half))
      .digest('hex')
      .slice(0, 16);
    for (const key of [own, half]) {
      const given = { provider, headers: headers(), body: Buffer.from(body), secrets: [key] };
      expect(await diagnosed(given)).toMatchObject({ genuine: true, secret: { publicKey: fingerprint } });
      expect(await diagnosed({ ...given, body: Buffer.from(body.replace('1', '2')) })).toMatchObject({
        genuine: false,
        findings: [],
      });
    }
  });

  it('names the key that made it, by its public half', async () => {
    const others = [secret(other.half, 'env:OLD_KEY')];
    const headers = ofDiscord(hex(time + body, other));
    const diagnosis = await diagnosed({
      provider: discord,
      headers,
      body: Buffer.from(body),
      secrets: [ed.half],
      others,
    });
    expect(diagnosis.findings[0]!.says).toContain('env:OLD_KEY');
    expect(diagnosisText(diagnosis, look)).toMatch(
      /that of env:OLD_KEY \(fingerprint [0-9a-f]{8}, public key [0-9a-f]{16}…\)/,
    );
  });

  it('of the sample key is told as one', async () => {
    const { secret: own } = keyPair('ED25519');
    const provider = { ...discord, secret: { ...discord.secret, sample: own } };
    const headers = ofDiscord(signedBy(own, time + body).toString('hex'));
    expect(namesOf(await diagnosed({ provider, headers, body: Buffer.from(body), secrets: [ed.half] }))).toEqual([
      'secret-sample',
    ]);
  });

  it('is old, or of two mistakes at once', async () => {
    const given = { provider: discord, body: Buffer.from(body), secrets: [ed.half] };
    const late = { now: 1_700_000_600_000 };
    expect(namesOf(await diagnosed({ ...given, ...late, headers: ofDiscord(hex(time + body)) }))).toEqual(['time-old']);
    const two = ofDiscord(base64(`${time}.${body}`));
    expect(namesOf(await diagnosed({ ...given, headers: two }))).toEqual(['content-separator', 'encoding-base64']);
  });

  it('that nothing explains says where to look', async () => {
    const { next, findings, tried } = await diagnosed({
      provider: discord,
      headers: ofDiscord(hex('something else')),
      body: Buffer.from(body),
      secrets: [ed.half],
    });
    expect(findings).toEqual([]);
    expect(tried.content).toBeGreaterThan(20);
    expect(next.join(' ')).toContain('Only who has the private key can sign');
    expect(next.join(' ')).not.toContain('--computed');
  });
});

it('a value that the receiver computed is none, where it has only a public key', async () => {
  const given = { provider: discord, headers: [], body: Buffer.from(body), secrets: [ed.half] };
  await expect(diagnosed({ ...given, computed: 'ab'.repeat(32) })).rejects.toThrow(
    /verifies with the public one and computes no/,
  );
});

it('a secret that is no key is an error, and not a diagnosis', async () => {
  const given = { provider: discord, headers: ofDiscord('00'), body: Buffer.from(body) };
  await expect(diagnosed({ ...given, secrets: ['hunter2'] })).rejects.toThrow(/no private key in PEM/);
  await expect(diagnosed({ ...given, secrets: [ec.half] })).rejects.toThrow(/key of another kind \(ec\)/);
  expect((await diagnosed({ ...given, secrets: ['hunter2', ed.half] })).genuine).toBe(false);
});

it('has a case for each hypothesis', () => {
  const names = rows.map(([name]) => name);
  expect(keyPairAlgorithms.map(({ name }) => name).filter((name) => !names.includes(name))).toEqual([]);
});
