import { constants, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import type { EcdsaScheme, Ed25519Scheme, RsaScheme } from '../core/scheme.js';

/** Signatures that a private key makes and its public key verifies. */
export type KeyPairScheme = Ed25519Scheme | EcdsaScheme | RsaScheme;

/** The signature of some bytes by a private key; ECDSA and PSS make another one each time. */
export function keyPairSignature(options: KeyPairScheme, key: KeyObject, content: Uint8Array): Buffer {
  return sign(hashOf(options), content, { key, ...signingOptions(options) });
}

/** Returns whether a signature of some bytes is by a private key, of which this is the public half or the key itself. */
export function isSignedBy(
  options: KeyPairScheme,
  key: KeyObject,
  content: Uint8Array,
  signature: Uint8Array,
): boolean {
  const half = key.type === 'private' ? createPublicKey(key) : key;
  return verify(hashOf(options), content, { key: half, ...signingOptions(options) }, signature);
}

function hashOf(options: KeyPairScheme): string | null {
  return options.scheme === 'ed25519' ? null : options.hash;
}

function signingOptions(options: KeyPairScheme): object {
  if (options.scheme === 'ecdsa') return { dsaEncoding: options.form === 'der' ? 'der' : 'ieee-p1363' };
  if (options.scheme === 'ed25519' || options.padding === 'pkcs1') return {};
  return { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
}
