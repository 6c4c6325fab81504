import type { Judge } from '../judge.js';
import { load } from '../packages.js';

type Validate = (request: { headers: object; body: string }, secret: string) => Promise<boolean>;

export const judge: Judge = {
  verify: async ({ text, incoming }, { secret }) => {
    const { validateWebhook } = await load<{ validateWebhook: Validate }>('replicate');
    return validateWebhook({ headers: incoming.headers, body: text }, secret);
  },
  taken: {
    'false-header-first': 'Node joins both headers, and each v1 counts, as while a secret is rotated',
    'false-header-last': 'the same',
  },
  secret: 'whsec_a25vd24tdG8tdGhlLXRlc3RzLWFsb25l',
};
