import { createPublicKey, type KeyObject } from 'node:crypto';
import type { Provider } from '../core/provider.js';
import type { SchemeOptions } from '../core/scheme.js';
import { coverageOf, type KeyPairKind, keyPairKind } from '../core/schemeFacts.js';
import { certificate } from './certificate.js';
import { signingKey } from './signingKey.js';

/** A public key as JSON Web Key (RFC 7517): its members by name. */
export type PublicJwk = Readonly<Record<string, string>>;

/** The key with which a receiver verifies one signature of a provider, in its usual forms. */
export interface PublicKey {
  /** The name of the signature in the provider's description. */
  readonly signature: string;
  readonly kind: KeyPairKind;
  /** SubjectPublicKeyInfo. */
  readonly pem: string;
  /** The same without armour: Base64 of its DER. */
  readonly base64: string;
  /** The bare 32 bytes of an Ed25519 key in hex; null for other kinds. */
  readonly hex: string | null;
  /** With the `kid` that tokens and messages (RFC 9421) name. */
  readonly jwk: PublicJwk;
  /** A self-signed X.509 certificate in PEM. */
  readonly certificate: string;
}

/** The public keys of a secret, one for each of the provider's signatures that has one. Throws a UsageError for a bad secret. */
export function publicKeys(provider: Provider, secret: string): PublicKey[] {
  return Object.entries(provider.signatures).flatMap(([signature, options]) => {
    const kind = keyPairKind(options);
    return kind ? [describe(signature, kind, options, signingKey(options, secret) as KeyObject, provider.title)] : [];
  });
}

/** The keys as a JSON Web Key Set. */
export function keySet(keys: readonly PublicKey[]): { readonly keys: readonly PublicJwk[] } {
  return { keys: keys.map(({ jwk }) => jwk) };
}

function describe(
  signature: string,
  kind: KeyPairKind,
  options: SchemeOptions,
  key: KeyObject,
  title: string,
): PublicKey {
  const half = createPublicKey(key);
  const jwk = half.export({ format: 'jwk' }) as Record<string, string>;
  const ofToken = options.scheme === 'jwt' ? { ...kidOf(options.header), alg: options.algorithm } : {};
  const keyid = coverageOf(options)?.parameters.keyid;
  const ofMessage = keyid === undefined || keyid.includes('{') ? {} : { kid: keyid };
  return {
    signature,
    kind,
    pem: half.export({ type: 'spki', format: 'pem' }) as string,
    base64: half.export({ type: 'spki', format: 'der' }).toString('base64'),
    hex: kind === 'ed25519' ? Buffer.from(jwk.x!, 'base64url').toString('hex') : null,
    jwk: { ...jwk, ...ofToken, ...ofMessage, use: 'sig' },
    certificate: certificate(kind, key, `webhook-sim ${title}`),
  };
}

function kidOf({ kid }: Readonly<Record<string, string>>): { kid?: string } {
  return kid === undefined ? {} : { kid };
}
