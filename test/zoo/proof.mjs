import { createHmac, timingSafeEqual } from 'node:crypto';

/** The signature that a provider sends with a body. */
export function sign(body, { secret, encoding }, hash = 'sha256') {
  return createHmac(hash, secret).update(body).digest(encoding);
}

/** Compares as a receiver should: all bytes, in constant time, and without an error for another length. */
export function equal(received, expected) {
  const [left, right] = [Buffer.from(received ?? ''), Buffer.from(expected)];
  return left.length === right.length && timingSafeEqual(left, right);
}
