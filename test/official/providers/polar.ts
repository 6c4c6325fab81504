import type { Judge } from '../judge.js';
import { load } from '../packages.js';

export const judge: Judge = {
  verify: async ({ text, incoming }, { secret }) => {
    type Validate = (body: string, headers: object, secret: string) => Promise<unknown>;
    const { webhooks } = await load<{ webhooks: { validateEvent: Validate } }>('@polar-sh/sdk/2026-10');
    await webhooks.validateEvent(text, incoming.headers, secret);
    return true;
  },
  taken: {
    'false-header-first': 'Node joins both headers, and each v1 counts, as while a secret is rotated',
    'false-header-last': 'the same',
  },
  secret: 'whsec_a25vd24tdG8tdGhlLXRlc3RzLWFsb25l',
};
