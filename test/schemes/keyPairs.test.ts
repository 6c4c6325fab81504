import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/core/errors.js';
import type { Provider } from '../../src/core/provider.js';
import type { DataScheme, SchemeOptions } from '../../src/core/scheme.js';
import { keySet, type PublicKey, publicKeys } from '../../src/signing/publicKeys.js';
import { signContent } from '../../src/signing/signContent.js';
import { signingKey } from '../../src/signing/signingKey.js';
import { verifyReceived } from '../../src/verify/verify.js';
import { compileOne } from '../support/compile.js';
import { exampleProvider } from '../support/exampleProviders.js';
import { folderOf } from '../support/folder.js';

const content = ['1767225600', Buffer.from('{"note":"café ☕"}')];
const message = '1767225600{"note":"café ☕"}';
const shared = { content: '', encoding: 'base64' } as const;

const schemes: Record<string, { options: DataScheme; flags: readonly string[] }> = {
  ed25519: { options: { scheme: 'ed25519', ...shared }, flags: ['pkeyutl', '-verify', '-rawin'] },
  ecdsa: { options: { scheme: 'ecdsa', hash: 'sha256', form: 'der', ...shared }, flags: ['dgst', '-sha256'] },
  'rsa-sha1': { options: { scheme: 'rsa', hash: 'sha1', padding: 'pkcs1', ...shared }, flags: ['dgst', '-sha1'] },
  'rsa-sha256': { options: { scheme: 'rsa', hash: 'sha256', padding: 'pkcs1', ...shared }, flags: ['dgst', '-sha256'] },
  'rsa-pss': {
    options: { scheme: 'rsa', hash: 'sha256', padding: 'pss', ...shared },
    flags: ['dgst', '-sha256', '-sigopt', 'rsa_padding_mode:pss', '-sigopt', 'rsa_pss_saltlen:digest'],
  },
};

const withScheme = (options: SchemeOptions): Provider => ({
  ...exampleProvider('discord'),
  headers: [['Signature', '{signature}']],
  values: {},
  signatures: { signature: options },
});

function openssl(args: readonly string[]): string {
  return execFileSync('openssl', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
}

function verifiedByOpenssl(flags: readonly string[], pem: string, signature: string, text = message): boolean {
  const folder = folderOf({});
  const file = (name: string, data: string | Uint8Array) => {
    writeFileSync(join(folder, name), data);
    return join(folder, name);
  };
  const [key, signed, proof] = [file('key', pem), file('text', text), file('sig', Buffer.from(signature, 'base64'))];
  const isRaw = flags[0] === 'pkeyutl';
  const args = isRaw
    ? [...flags, '-pubin', '-inkey', key, '-in', signed, '-sigfile', proof]
    : [...flags, '-verify', key, '-signature', proof, signed];
  try {
    openssl(args);
    return true;
  } catch {
    return false;
  }
}

describe.each(Object.keys(schemes))('%s', (name) => {
  const { options, flags } = schemes[name]!;
  const secret = 'seed:of-the-test';
  const [key] = publicKeys(withScheme(options), secret);

  it('is verified by openssl with the public key, and only what was signed is', () => {
    const signature = signContent(options, signingKey(options, secret), content);
    expect(verifiedByOpenssl(flags, key!.pem, signature)).toBe(true);
    expect(verifiedByOpenssl(flags, key!.pem, signature, `${message} `)).toBe(false);
    const other = signContent(options, signingKey(options, 'seed:another'), content);
    expect(verifiedByOpenssl(flags, key!.pem, other)).toBe(false);
  });

  it('has a certificate that openssl reads, of the same key and signed by it', () => {
    const file = join(folderOf({}), 'certificate.pem');
    writeFileSync(file, key!.certificate);
    expect(openssl(['x509', '-in', file, '-noout', '-pubkey'])).toBe(key!.pem);
    expect(openssl(['x509', '-in', file, '-noout', '-subject', '-enddate'])).toMatch(
      /^subject=CN ?= ?webhook-sim Discord\nnotAfter=Dec 31 23:59:59 2099 GMT\n$/,
    );
    expect(openssl(['verify', '-check_ss_sig', '-CAfile', file, file])).toMatch(/: OK\n$/);
  });

  it('is verified by whoever holds the public key alone', () => {
    const provider = withScheme({ ...options, content: '{body}' } as SchemeOptions);
    const delivery = compileOne({ provider, body: '{}', secrets: [secret] });
    expect(verifyReceived(provider, delivery, [key!.pem])).toEqual({ ok: true });
    expect(verifyReceived(provider, delivery, [publicKeys(provider, 'seed:another')[0]!.pem]).ok).toBe(false);
    expect(verifyReceived(provider, { ...delivery, body: Buffer.from('{ }') }, [key!.pem]).ok).toBe(false);
  });

  it('takes a private key in PEM as its secret', () => {
    const algorithm = { ed25519: ['ED25519'], ec: ['EC', '-pkeyopt', 'ec_paramgen_curve:P-256'], rsa: ['RSA'] }[
      key!.kind
    ];
    const pem = openssl(['genpkey', '-algorithm', ...algorithm]);
    const [publicKey] = publicKeys(withScheme(options), pem);
    expect(verifiedByOpenssl(flags, publicKey!.pem, signContent(options, signingKey(options, pem), content))).toBe(
      true,
    );
  });
});

it('a seed makes always the same key, in each form in which receivers hold it', () => {
  const [discord] = publicKeys(exampleProvider('discord'), 'seed:1');
  const der = Buffer.from(discord!.base64, 'base64');
  expect(discord!.hex).toBe(der.subarray(-32).toString('hex'));
  expect(Buffer.from(discord!.jwk.x!, 'base64url').toString('hex')).toBe(discord!.hex);
  expect(publicKeys(exampleProvider('discord'), 'seed:1')).toEqual([discord]);
  const digest = (name: string) =>
    createHash('sha256')
      .update(publicKeys(exampleProvider(name), 'seed:1')[0]!.base64)
      .digest('hex')
      .slice(0, 16);
  expect(['discord', 'sendgrid', 'aws-sns', 'plaid'].map(digest)).toEqual([
    '912cd48773b75fcd',
    'affd1e765ea593a3',
    '975158efa379c214',
    'affd1e765ea593a3',
  ]);
});

it('a token names its key in the set', () => {
  const { keys } = keySet(publicKeys(exampleProvider('plaid'), 'seed:1'));
  expect(keys).toEqual([
    {
      kty: 'EC',
      crv: 'P-256',
      x: expect.any(String),
      y: expect.any(String),
      kid: '56fc2f6c-2f44-4738-811f-d259aec530e7',
      alg: 'ES256',
      use: 'sig',
    },
  ]);
});

it('providers whose secret is shared have no public key', () => {
  expect(publicKeys(exampleProvider('stripe'), 'whsec_1')).toEqual([]);
  expect(publicKeys(exampleProvider('gitlab'), 'token')).toEqual([]);
});

describe('a secret that is no private key', () => {
  const generated = (...args: string[]) => openssl(['genpkey', '-algorithm', ...args]);
  const curve = (name: string) => generated('EC', '-pkeyopt', `ec_paramgen_curve:${name}`);
  const ed25519 = generated('ED25519');
  const fileWith = (text: string) => {
    const file = join(folderOf({}), 'key.pem');
    writeFileSync(file, text);
    return file;
  };
  const publicHalf = () => openssl(['pkey', '-pubout', '-in', fileWith(ed25519)]);
  const encrypted = () =>
    openssl(['pkcs8', '-topk8', '-v2', 'aes-256-cbc', '-passout', 'pass:hunter2', '-in', fileWith(ed25519)]);
  const encryptedAsOfOld = () =>
    openssl(['rsa', '-traditional', '-aes128', '-passout', 'pass:hunter2', '-in', fileWith(generated('RSA'))]);
  const certified = () => publicKeys(exampleProvider('aws-sns'), 'seed:1')[0]!.certificate;
  const openSsh = `-----BEGIN OPENSSH PRIVATE KEY-----\n${'hunter2'.repeat(9)}\n-----END OPENSSH PRIVATE KEY-----\n`;
  const broken = ed25519.replace(/[A-Za-z0-9+/=]{20}\n/, 'hunter2\n');
  const rows: [what: string, provider: string, secret: () => string, message: RegExp][] = [
    ['a text', 'discord', () => 'hunter2-hunter2', /no private key in PEM \(Ed25519\)/],
    ['a broken PEM', 'discord', () => broken, /can't be read as a key \(Ed25519\)/],
    ['another kind', 'discord', () => curve('P-256'), /another kind \(ec\) than this provider signs with \(Ed25519\)/],
    ['another curve', 'sendgrid', () => curve('P-384'), /another curve \(secp384r1\) than P-256, the only one/],
    ['the curve of Bitcoin', 'plaid', () => curve('secp256k1'), /another curve \(secp256k1\) than P-256/],
    ['an encrypted one', 'discord', encrypted, /encrypted with a passphrase\. Decrypt it first/],
    ['an encrypted one of old', 'aws-sns', encryptedAsOfOld, /encrypted with a passphrase/],
    ['the public half', 'discord', publicHalf, /is a public key, with which nobody can sign/],
    ['a certificate', 'aws-sns', certified, /is a certificate, which holds a public key/],
    ['one of ssh-keygen', 'discord', () => openSsh, /OpenSSH's own form.*ssh-keygen -p -m PEM/],
    [
      'a line of .env',
      'discord',
      () => ed25519.replaceAll('\n', '\\n'),
      /two characters \\n in place of each line break/,
    ],
    ['too few bits', 'aws-sns', () => generated('RSA', '-pkeyopt', 'rsa_keygen_bits:512'), /RSA key of 512 bits/],
  ];
  it.each(rows)('is an error without it: %s', (_, name, make, message) => {
    const secret = make();
    const signing = () => compileOne({ provider: exampleProvider(name), body: '{"Signature":""}', secrets: [secret] });
    expect(signing).toThrow(UsageError);
    expect(signing).toThrow(message);
    for (const line of secret.split(/\n|\\n/).filter((text) => text.length > 6 && !text.startsWith('-----')))
      expect(signing).not.toThrow(new RegExp(line.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')));
  });
});

describe('a public key', () => {
  const secret = 'seed:of-the-test';
  it.each(['discord', 'sendgrid', 'aws-sns'])('of %s verifies in each form in which receivers hold it', (name) => {
    const provider = exampleProvider(name);
    const delivery = compileOne({ provider, body: '{"Signature":""}', secrets: [secret] });
    const [{ pem, base64, hex, certificate }] = publicKeys(provider, secret) as [PublicKey];
    for (const form of [pem, base64, hex, certificate].filter((text) => text !== null))
      expect(verifyReceived(provider, delivery, [form]), form).toEqual({ ok: true });
    const [other] = publicKeys(provider, 'seed:another');
    expect(verifyReceived(provider, delivery, [other!.base64]).ok).toBe(false);
  });
});

it('makes the key pair of a secret that is no key, where the description says so', () => {
  const provider = withScheme({ ...schemes['rsa-sha256']!.options, keyPair: 'made of the secret' } as SchemeOptions);
  const options = provider.signatures.signature as DataScheme;
  const [own, other] = ['5SK20417WX839462N', '8TJ51930KB264718F'].map((id) => publicKeys(provider, id)[0]!.pem);
  const signature = signContent(options, signingKey(options, '5SK20417WX839462N'), content);
  const { flags } = schemes['rsa-sha256']!;
  expect([own, other].map((pem) => verifiedByOpenssl(flags, pem!, signature))).toEqual([true, false]);
});
