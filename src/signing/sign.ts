import { createHash, createHmac } from 'node:crypto';
import type { Encoding, SchemeOptions } from '../core/scheme.js';

/** What is signed, in pieces: bytes as they are, text as its UTF-8 bytes. */
export type SignedContent = readonly (string | Uint8Array)[];

/**
 * The signature of `content` under a scheme, as text in the scheme's encoding.
 * `key` are the derived key bytes; a digest ignores them, because its secret is part of the content.
 */
export function sign(options: SchemeOptions, key: Uint8Array, content: SignedContent): string {
  const hash = options.scheme === 'hmac' ? createHmac(options.hash, key) : createHash(options.hash);
  for (const piece of content) hash.update(piece);
  return encode(hash, options.encoding);
}

function encode(hash: { digest(encoding: 'hex' | 'base64' | 'base64url'): string }, encoding: Encoding): string {
  return encoding === 'HEX' ? hash.digest('hex').toUpperCase() : hash.digest(encoding);
}
