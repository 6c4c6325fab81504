import { createHash } from 'node:crypto';
import type { Delivery, Header } from '../../core/delivery.js';
import { formatMask } from '../../core/fingerprint.js';

/** The facts of a request that reports may show: everything but the values that carry a secret. */
export interface RequestFacts {
  readonly headers: readonly Header[];
  readonly bytes: number;
  /** Of the body, in hex. */
  readonly sha256: string;
}

/** The real delivery of each masked one. */
const sent = new WeakMap<Delivery, Delivery>();

/** Keeps the real delivery of a masked one, so that facts such as its size are exact. */
export function rememberFacts(shown: Delivery, of: Delivery): void {
  sent.set(shown, sent.get(of) ?? of);
}

/** The facts of a delivery, with a fingerprint in place of each value that carries a secret. */
export function requestFacts(delivery: Delivery): RequestFacts {
  const { headers, secretHeaders } = delivery;
  const { body } = sent.get(delivery) ?? delivery;
  return {
    headers: headers.map(([name, value]) => [
      name,
      secretHeaders.includes(name.toLowerCase()) ? formatMask(value) : value,
    ]),
    bytes: body.length,
    sha256: sha256(body),
  };
}

function sha256(data: Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}
