import { createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { UsageError } from '../core/errors.js';
import type { KeyStep } from '../core/scheme.js';
import type { KeyPairKind } from '../core/schemeFacts.js';
import { findPrime } from './findPrime.js';
import { deriveKey } from './key.js';
import { plainRsaKey } from './plainRsaKey.js';

const exponent = 65_537n;
const primeBytes = 128;

const kept = new Map<string, KeyObject>();
const maxKept = 100;

/** The RSA key of 2048 bits that a seed makes: always the same one, in about a tenth of a second. */
function seededRsaKey(seed: string): KeyObject {
  const p = derivePrime(`${seed}\0p`);
  const q = derivePrime(`${seed}\0q`);
  const d = inverse(exponent, (p - 1n) * (q - 1n));
  const parts = { n: p * q, e: exponent, d, p, q, dp: d % (p - 1n), dq: d % (q - 1n), qi: inverse(q, p) };
  const members = Object.entries(parts).map(([name, number]) => [name, encodeInteger(number).toString('base64url')]);
  return createPrivateKey({ key: { kty: 'RSA', ...Object.fromEntries(members) }, format: 'jwk' });
}

/** The first prime from a number that a seed makes, of 1024 bits with the two highest set. */
function derivePrime(seed: string): bigint {
  const bytes = Buffer.concat(
    Array.from({ length: primeBytes / 64 }, (_, i) =>
      createHash('sha512').update(`webhook-sim rsa key\0${i}\0${seed}`).digest(),
    ),
  );
  bytes[0]! |= 0xc0;
  bytes[primeBytes - 1]! |= 1;
  return findPrime(BigInt(`0x${bytes.toString('hex')}`), (prime) => (prime - 1n) % exponent !== 0n);
}

/** The number that times `value` is one more than a multiple of `modulus`. */
function inverse(value: bigint, modulus: bigint): bigint {
  let [a, b] = [value % modulus, modulus];
  let [x, y] = [1n, 0n];
  while (a > 1n) {
    const quotient = a / b;
    [a, b] = [b, a % b];
    [x, y] = [y, x - quotient * y];
  }
  return ((x % modulus) + modulus) % modulus;
}

function encodeInteger(number: bigint): Buffer {
  const hex = number.toString(16);
  return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
}

const signs = 'with which nobody can sign. Give the private key.';

const seedPrefix = 'seed:';

/** An RSA key of fewer can't hold each of the signatures. */
const fewestBits = 1024;

/** The bytes before the 32 bytes of a private key in PKCS #8. */
const heads = {
  ed25519: '302e020100300506032b657004220420',
  ec: '3041020100301306072a8648ce3d020106082a8648ce3d030107042730250201010420',
} as const;

const forms: Record<KeyPairKind, { readonly type: string; readonly curve?: string; readonly words: string }> = {
  ed25519: { type: 'ed25519', words: 'Ed25519' },
  ec: { type: 'ec', curve: 'prime256v1', words: 'EC, on P-256' },
  rsa: { type: 'rsa', words: 'RSA' },
};

/**
 * Returns the private key of a secret: a PEM; or `seed:TEXT`, from which a key pair is derived, always the same one; or what `steps` decode. Throws a
 * UsageError, without the secret in it.
 */
export function privateKey(kind: KeyPairKind, secret: string, steps?: readonly KeyStep[]): KeyObject {
  if (secret.startsWith(seedPrefix)) return seededKey(kind, secret.slice(seedPrefix.length));
  if (secret.includes('-----BEGIN')) return ofKind(kind, secret, () => createPrivateKey(secret));
  if (steps && kind !== 'rsa') return rawKey(kind, deriveKey(secret, steps));
  throw new UsageError(
    'BAD_SECRET',
    `The secret is no private key in PEM (${forms[kind].words}). Give one as file:key.pem, or as seed:TEXT, of which a key pair is made.`,
  );
}

/** The public key that a PEM, certificate or not, holds. */
export function publicKey(kind: KeyPairKind, pem: string): KeyObject {
  return ofKind(kind, '', () => createPublicKey(pem));
}

/** The key pair of a seed: always the same one, and known to whoever knows the seed. The last hundred are kept. */
export function seededKey(kind: KeyPairKind, seed: string): KeyObject {
  const name = `${kind} ${seed}`;
  const known = kept.get(name);
  if (known) return known;
  const key = kind === 'rsa' ? seededRsaKey(seed) : seededRawKey(kind, seed);
  if (kept.size === maxKept) kept.delete(kept.keys().next().value!);
  kept.set(name, key);
  return key;
}

function seededRawKey(kind: 'ed25519' | 'ec', seed: string): KeyObject {
  return rawKey(kind, createHash('sha256').update(`webhook-sim ${kind} key\0`).update(seed).digest());
}

function rawKey(kind: 'ed25519' | 'ec', bytes: Uint8Array): KeyObject {
  const der = Buffer.concat([Buffer.from(heads[kind], 'hex'), bytes.subarray(0, 32)]);
  return ofKind(kind, '', () => createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }));
}

/** The key that `read` makes of a PEM, if it is of the kind. */
function ofKind(kind: KeyPairKind, pem: string, read: () => KeyObject): KeyObject {
  const { type, curve, words } = forms[kind];
  const bad = (what: string) => new UsageError('BAD_SECRET', `The secret ${what}`);
  const reason = keyProblem(pem);
  if (reason) throw bad(reason);
  let key: KeyObject;
  try {
    key = plainRsaKey(read());
  } catch {
    throw bad(`can't be read as a key (${words}). Check that it was copied whole.`);
  }
  const { asymmetricKeyType: found, asymmetricKeyDetails: details } = key;
  if (found !== type) throw bad(`is a key of another kind (${found}) than this provider signs with (${words}).`);
  if (curve && details?.namedCurve !== curve) {
    throw bad(`is an EC key on another curve (${details?.namedCurve}) than P-256, the only one that is supported.`);
  }
  if (details?.modulusLength !== undefined && details.modulusLength < fewestBits) {
    throw bad(`is an RSA key of ${details.modulusLength} bits, which are too few. Make one of 2048.`);
  }
  return key;
}

/** Returns the visible problem with a PEM given as a private key; null where it may be valid. */
function keyProblem(pem: string): string | null {
  if (!pem.includes('-----BEGIN')) return null;
  if (pem.includes('\\n')) {
    return 'is a PEM with the two characters \\n in place of each line break, as one line of an .env file has it. Give it with line breaks, as file:key.pem.';
  }
  if (/-----BEGIN ENCRYPTED |Proc-Type: 4,ENCRYPTED/.test(pem)) {
    return 'is a private key that is encrypted with a passphrase. Decrypt it first: openssl pkey -in key.pem -out plain.pem';
  }
  if (pem.includes('-----BEGIN OPENSSH ')) {
    return "is a private key in OpenSSH's own form. Make a PEM of it first: ssh-keygen -p -m PEM -f key";
  }
  if (pem.includes(' PRIVATE KEY-----')) return null;
  if (/-----BEGIN (RSA )?PUBLIC KEY-----/.test(pem)) return `is a public key, ${signs}`;
  if (pem.includes('-----BEGIN CERTIFICATE-----')) return `is a certificate, which holds a public key, ${signs}`;
  return null;
}
