import type { Judge } from '../judge.js';
import { load } from '../packages.js';

type Verifier = new (secret: string) => { verify(body: string, headers: object): unknown };

export const judge: Judge = {
  verify: async ({ text, incoming }, { secret }) => {
    const { Webhook } = await load<{ Webhook: Verifier }>('svix');
    new Webhook(secret).verify(text, incoming.headers);
    return true;
  },
  taken: {
    'false-header-first': 'Node joins both headers, and each v1 counts, as while a secret is rotated',
    'false-header-last': 'the same',
  },
  secret: 'whsec_a25vd24tdG8tdGhlLXRlc3RzLWFsb25l',
};
