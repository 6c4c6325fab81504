import type { KeyObject } from 'node:crypto';
import { fingerprint } from '../core/fingerprint.js';
import type { KeyStep, SchemeOptions } from '../core/scheme.js';
import { type KeyPairKind, keyPairKind } from '../core/schemeFacts.js';
import { deriveKey, deriveLenientKey, type SigningKey } from './key.js';
import { privateKey, publicKey, seededKey } from './privateKey.js';

/** The bytes before the 32 bytes of an Ed25519 public key in SubjectPublicKeyInfo. */
const ed25519Head = Buffer.from('302a300506032b6570032100', 'hex');

/** Returns what a scheme signs with. Throws a UsageError, without the secret in it, for one that is no key of that kind. */
export function signingKey(options: SchemeOptions, secret: string): SigningKey {
  const kind = keyPairKind(options);
  if (kind) return isSeed(options) ? seededKey(kind, secret) : privateKey(kind, secret, keySteps(options));
  return isShared(options) ? deriveKey(secret, keySteps(options)) : new Uint8Array();
}

/** Returns the key that verifies a scheme's signatures: of a key pair the public half, which may be all that is known. */
export function verifyingKey(options: SchemeOptions, secret: string): SigningKey {
  const kind = keyPairKind(options);
  const half = kind && asPublicPem(kind, secret);
  return half ? publicKey(kind, half) : signingKey(options, secret);
}

/** A key of the same kind that the secret does not make. */
export function anotherKey(options: SchemeOptions, secret: string): SigningKey {
  const kind = keyPairKind(options);
  if (kind) return anotherPrivateKey(kind, secret);
  return isShared(options) ? flipped(deriveKey(secret, keySteps(options))) : new Uint8Array();
}

/** The key that receivers get which decode any text, such as what a missing variable becomes. */
export function lenientKey(options: SchemeOptions, text: string): Uint8Array {
  return deriveLenientKey(text, keySteps(options));
}

/** A private key that the secret does not make; the same one each time. */
export function anotherPrivateKey(kind: KeyPairKind, secret: string): KeyObject {
  return seededKey(kind, `another than ${fingerprint(secret)}`);
}

/** The steps from a secret's text to the key. */
export function keySteps(options: SchemeOptions): readonly KeyStep[] | undefined {
  return 'key' in options ? options.key : undefined;
}

function isSeed(options: SchemeOptions): boolean {
  return options.scheme === 'rsa' && options.keyPair === 'made of the secret';
}

function isShared({ scheme }: SchemeOptions): boolean {
  return scheme === 'hmac' || scheme === 'jwt';
}

/** A key that differs in one bit; appended bytes would not do, for HMAC pads keys with zeros. */
function flipped(key: Uint8Array): Uint8Array {
  const other = Buffer.from(key.length > 0 ? key : [0]);
  other[0] = other[0]! ^ 1;
  return other;
}

/**
 * Returns a public key in PEM, from the forms in which providers publish theirs: PEM, a certificate, its DER in Base64, and for Ed25519 its bare
 * bytes in hex, or in Base64 after `whpk_`; null for anything else.
 */
function asPublicPem(kind: KeyPairKind, text: string): string | null {
  if (text.includes('-----BEGIN')) return / PRIVATE KEY-----/.test(text) ? null : text;
  const bare = text.trim();
  if (kind === 'ed25519' && /^[0-9a-f]{64}$/i.test(bare)) {
    return armoured(Buffer.concat([ed25519Head, Buffer.from(bare, 'hex')]));
  }
  const whpk = kind === 'ed25519' ? /^whpk_([A-Za-z0-9+/]{43}=)$/.exec(bare) : null;
  if (whpk) return armoured(Buffer.concat([ed25519Head, Buffer.from(whpk[1]!, 'base64')]));
  // What DER begins with, and a private key does not: a sequence that has another as its first member.
  const der = /^M[A-Za-z0-9+/]{40,}={0,2}$/.test(bare) ? Buffer.from(bare, 'base64') : null;
  return der && isPublicDer(der) ? armoured(der) : null;
}

function isPublicDer(der: Buffer): boolean {
  const lengthBytes = der[1]! < 0x80 ? 0 : der[1]! - 0x80;
  return der[0] === 0x30 && der[2 + lengthBytes] === 0x30;
}

function armoured(der: Uint8Array): string {
  const lines = Buffer.from(der)
    .toString('base64')
    .match(/.{1,64}/g)!;
  return ['-----BEGIN PUBLIC KEY-----', ...lines, '-----END PUBLIC KEY-----', ''].join('\n');
}
