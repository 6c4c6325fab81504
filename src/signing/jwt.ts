import { createHmac, createPublicKey, type KeyObject, timingSafeEqual } from 'node:crypto';
import type { EcdsaScheme, Ed25519Scheme, HashName, JwtScheme, RsaScheme } from '../core/scheme.js';
import { beginHmac } from './beginHmac.js';
import type { SigningKey } from './key.js';
import { isSignedBy, type KeyPairScheme, keyPairSignature } from './keyPairSignature.js';

/** A token with these claims, which are JSON already. */
export function signJwt(options: JwtScheme, key: SigningKey, claims: Uint8Array): string {
  const { algorithm: alg, header } = options;
  const signed = `${encoded(JSON.stringify({ alg, ...header }))}.${encoded(claims)}`;
  return `${signed}.${signature(options, key, signed).toString('base64url')}`;
}

/** Returns a token whose header says that it is unsigned, without a signature. */
export function unsignedJwt({ header }: JwtScheme, claims: Uint8Array): string {
  return `${encoded(JSON.stringify({ alg: 'none', ...header }))}.${encoded(claims)}.`;
}

/** A token keyed with the public half of its key pair in PEM, as HS256: who lets a token choose its algorithm takes it for a true one. */
export function publicKeyJwt({ header }: JwtScheme, key: SigningKey, claims: Uint8Array): string {
  const pem = createPublicKey(key as KeyObject).export({ type: 'spki', format: 'pem' });
  const signed = `${encoded(JSON.stringify({ alg: 'HS256', ...header }))}.${encoded(claims)}`;
  return `${signed}.${createHmac('sha256', pem).update(signed).digest('base64url')}`;
}

/** An HMAC keyed with the public half of a key pair in PEM, in Base64. */
export function publicKeySignature(key: SigningKey, content: Uint8Array): string {
  const pem = createPublicKey(key as KeyObject).export({ type: 'spki', format: 'pem' });
  return createHmac('sha256', pem).update(content).digest('base64');
}

/** Returns the header of a token without verifying it; null for anything else. */
export function readHead(token: string): Record<string, unknown> | null {
  const value = read(token.split('.')[0] ?? '');
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as never) : null;
}

/** Returns the claims of a token without verifying it; null where it is no token. */
export function readClaims(token: string): Record<string, unknown> | null {
  const [head, claims, signed, ...more] = token.split('.');
  if (!head || !claims || signed === undefined || more.length > 0) return null;
  const value = read(claims);
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as never) : null;
}

/** Returns the JSON text of a token's claims, unverified; null where it is no token. */
export function claimsJson(token: string): string | null {
  return readClaims(token) === null ? null : Buffer.from(token.split('.')[1]!, 'base64url').toString('utf8');
}

/** A token with other claims under the signature that it has. */
export function withClaims(token: string, claims: Uint8Array): string {
  const [head = '', , ...signed] = token.split('.');
  return [head, encoded(claims), ...signed].join('.');
}

/** Returns whether a token is signed with the algorithm of its scheme, whatever the token itself names. */
export function isSignedJwt(options: JwtScheme, key: SigningKey, token: string): boolean {
  const [head = '', claims = '', text = ''] = token.split('.');
  const header = read(head) as { alg?: unknown } | null | undefined;
  if (header?.alg !== options.algorithm) return false;
  const given = Buffer.from(text, 'base64url');
  if (given.toString('base64url') !== text) return false;
  const signed = `${head}.${claims}`;
  if (!isShared(options)) return isSignedBy(asKeyPair(options), key as KeyObject, Buffer.from(signed), given);
  const expected = signature(options, key, signed);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function signature(options: JwtScheme, key: SigningKey, signed: string): Buffer {
  if (isShared(options)) return beginHmac(hashOf(options), key).update(signed).digest();
  return keyPairSignature(asKeyPair(options), key as KeyObject, Buffer.from(signed));
}

function isShared({ algorithm }: JwtScheme): boolean {
  return algorithm.startsWith('HS');
}

function hashOf({ algorithm }: JwtScheme): HashName {
  return `sha${algorithm.slice(2)}` as HashName;
}

function asKeyPair(options: JwtScheme): KeyPairScheme {
  const { algorithm } = options;
  const text = { content: '', encoding: 'base64url' } as const;
  if (algorithm === 'EdDSA') return { scheme: 'ed25519', ...text } satisfies Ed25519Scheme;
  const hash = hashOf(options);
  if (algorithm === 'ES256') return { scheme: 'ecdsa', hash, form: 'numbers', ...text } satisfies EcdsaScheme;
  return { scheme: 'rsa', hash, padding: algorithm === 'PS256' ? 'pss' : 'pkcs1', ...text } satisfies RsaScheme;
}

function encoded(bytes: string | Uint8Array): string {
  return Buffer.from(bytes as Uint8Array).toString('base64url');
}

function read(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
