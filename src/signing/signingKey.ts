import type { KeyObject } from 'node:crypto';
import { fingerprint } from '../core/fingerprint.js';
import type { KeyStep, SchemeOptions } from '../core/scheme.js';
import { type KeyPairKind, keyPairOf } from '../core/schemeFacts.js';
import { deriveKey, deriveLenientKey } from './key.js';
import type { SigningKey } from './keyMaterial.js';
import { privateKey, publicKey, seededKey } from './privateKey.js';
import { asPublicPem } from './publicForms.js';

/** What a scheme signs with. Throws a UsageError, without the secret in it, for one that is no key of that kind. */
export function signingKey(options: SchemeOptions, secret: string): SigningKey {
  const kind = keyPairOf(options);
  if (kind) return privateKey(kind, secret, stepsOf(options));
  return isShared(options) ? deriveKey(secret, stepsOf(options)) : new Uint8Array();
}

/** What a scheme's signatures are verified with: of a key pair the public half, which may be all that is known of it. */
export function verifyingKey(options: SchemeOptions, secret: string): SigningKey {
  const kind = keyPairOf(options);
  const half = kind && asPublicPem(kind, secret);
  return half ? publicKey(kind, half) : signingKey(options, secret);
}

/** A key of the same kind that the secret does not make. */
export function anotherKey(options: SchemeOptions, secret: string): SigningKey {
  const kind = keyPairOf(options);
  if (kind) return anotherPrivateKey(kind, secret);
  return isShared(options) ? flipped(deriveKey(secret, stepsOf(options))) : new Uint8Array();
}

/** The key that receivers get which decode any text, such as what a missing variable becomes. */
export function lenientKey(options: SchemeOptions, text: string): Uint8Array {
  return deriveLenientKey(text, stepsOf(options));
}

/** A private key that the secret does not make; the same one each time. */
export function anotherPrivateKey(kind: KeyPairKind, secret: string): KeyObject {
  return seededKey(kind, `another than ${fingerprint(secret)}`);
}

/** The steps from a secret's text to the key. */
export function stepsOf(options: SchemeOptions): readonly KeyStep[] | undefined {
  return 'key' in options ? options.key : undefined;
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
