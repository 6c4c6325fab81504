import { createVerify } from 'node:crypto';
import type { Judge } from '../judge.js';

/** The checksum that PayPal's documents name: CRC-32 as in ZIP, as an unsigned number. */
function checksum(bytes: Buffer): number {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return (sum ^ 0xffffffff) >>> 0;
}

// PayPal has no package that verifies offline; https://developer.paypal.com/api/rest/webhooks/rest/ says how to do it.
export const judge: Judge = {
  secret: '8TJ51930KB264718F',
  verify: async ({ text, header }, { secret, publicKey }) => {
    // Its certificate is fetched by PAYPAL-CERT-URL, which has to be an address of PayPal's.
    const { protocol, hostname } = new URL(header('paypal-cert-url'));
    if (protocol !== 'https:' || !hostname.endsWith('.paypal.com')) return false;
    if (header('paypal-auth-algo') !== 'SHA256withRSA') return false;
    const signed = [
      header('paypal-transmission-id'),
      header('paypal-transmission-time'),
      secret,
      checksum(Buffer.from(text)),
    ];
    const signature = header('paypal-transmission-sig');
    if (!/^[A-Za-z0-9+/]+={0,2}$/.test(signature)) return false;
    const verifier = createVerify('RSA-SHA256').update(signed.join('|'));
    return verifier.verify(publicKey!.certificate, signature, 'base64');
  },
};
