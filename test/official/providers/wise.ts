import { verify } from 'node:crypto';
import type { Judge } from '../judge.js';

// Wise has no package that verifies; https://docs.wise.com/guides/developer/webhooks/event-handling says: SHA-256 with RSA over the body.
export const judge: Judge = {
  verify: async ({ text, header }, { publicKey }) => {
    const signature = header('x-signature-sha256');
    if (!/^[A-Za-z0-9+/]+={0,2}$/.test(signature)) return false;
    return verify('RSA-SHA256', Buffer.from(text), publicKey!.pem, Buffer.from(signature, 'base64'));
  },
};
