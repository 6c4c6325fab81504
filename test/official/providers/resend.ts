import type { Judge } from '../judge.js';
import { load } from '../packages.js';

export const judge: Judge = {
  verify: async ({ text, header }, { secret }) => {
    type Verify = (request: {
      payload: string;
      headers: { id: string; timestamp: string; signature: string };
      webhookSecret: string;
    }) => { type?: string };
    const { Resend } = await load<{ Resend: new (key: string) => { webhooks: { verify: Verify } } }>('resend');
    const headers = {
      id: header('svix-id'),
      timestamp: header('svix-timestamp'),
      signature: header('svix-signature'),
    };
    new Resend('re_unused').webhooks.verify({ payload: text, headers, webhookSecret: secret });
    return true;
  },
  taken: {
    'false-header-first': 'Node joins both headers, and each v1 counts, as while a secret is rotated',
    'false-header-last': 'the same',
  },
  secret: 'whsec_a25vd24tdG8tdGhlLXRlc3RzLWFsb25l',
};
