// Loops signs by Standard Webhooks: https://loops.so/docs/webhooks
import { Webhook } from 'standardwebhooks';
import type { Judge } from '../judge.js';

export const judge: Judge = {
  verify: async ({ text, incoming }, { secret }) => {
    new Webhook(secret).verify(text, incoming.headers as Record<string, string>);
    return true;
  },
  taken: {
    'false-header-first': 'Node joins both headers, and each v1 counts, as while a secret is rotated',
    'false-header-last': 'the same',
  },
  secret: 'whsec_a25vd24tdG8tdGhlLXRlc3RzLWFsb25l',
};
