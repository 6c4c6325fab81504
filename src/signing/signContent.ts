import { createHash, createHmac, type KeyObject } from 'node:crypto';
import type { DataScheme, Encoding } from '../core/scheme.js';
import { signJwt } from './jwt.js';
import type { SigningKey } from './keyMaterial.js';
import { keyPairSignature } from './keyPairSignature.js';

/** What is signed, in pieces: bytes as they are, text as its UTF-8 bytes. */
export type SignedContent = readonly (string | Uint8Array)[];

/**
 * The signature of `content` under a scheme, as text in the scheme's encoding; for a token, `content` is its claims.
 * `key` is what `signingKey` makes of the secret; schemes whose secret is part of the content ignore it.
 */
export function signContent(options: DataScheme, key: SigningKey, content: SignedContent): string {
  switch (options.scheme) {
    case 'hmac':
    case 'digest': {
      const hash = options.scheme === 'hmac' ? createHmac(options.hash, key as Uint8Array) : createHash(options.hash);
      for (const piece of content) hash.update(piece);
      return encode(hash, options.encoding);
    }
    case 'encoded':
      return encodeBytes(bytesOf(content), options.encoding);
    case 'jwt':
      return signJwt(options, key, bytesOf(content));
    default:
      return encodeBytes(keyPairSignature(options, key as KeyObject, bytesOf(content)), options.encoding);
  }
}

/** The bytes of content in one piece. */
export function bytesOf(content: SignedContent): Uint8Array {
  return Buffer.concat(content.map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : piece)));
}

/** Bytes as text. */
export function encodeBytes(bytes: Uint8Array, encoding: Encoding): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return encoding === 'HEX' ? buffer.toString('hex').toUpperCase() : buffer.toString(encoding);
}

function encode(hash: { digest(encoding: 'hex' | 'base64' | 'base64url'): string }, encoding: Encoding): string {
  return encoding === 'HEX' ? hash.digest('hex').toUpperCase() : hash.digest(encoding);
}
