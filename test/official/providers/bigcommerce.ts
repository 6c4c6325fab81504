import { Webhook } from 'standardwebhooks';
import type { Judge } from '../judge.js';

// As BigCommerce's documents do it: the library is given the text of the client secret in Base64.
export const judge: Judge = {
  verify: async ({ text, incoming }, { secret }) => {
    new Webhook(Buffer.from(secret).toString('base64')).verify(text, incoming.headers as Record<string, string>);
    return true;
  },
  taken: {
    'false-header-first': 'Node joins both headers, and each v1 counts, as while a secret is rotated',
    'false-header-last': 'the same',
  },
};
