import { createHmac, createSecretKey, type Hmac, type KeyObject } from 'node:crypto';
import type { HashName } from '../core/scheme.js';
import type { SigningKey } from './key.js';

/** The keys that were used, by their bytes: Node 24 takes several times as long for an HMAC with bytes as with a key that it knows. */
const known = new WeakMap<Uint8Array, KeyObject>();

/** Begins an HMAC with the bytes of a key. */
export function beginHmac(hash: HashName, key: SigningKey): Hmac {
  let secretKey = known.get(key as Uint8Array);
  if (!secretKey) {
    secretKey = createSecretKey(key as Uint8Array);
    known.set(key as Uint8Array, secretKey);
  }
  return createHmac(hash, secretKey);
}
