import type { Judge } from '../judge.js';
import { load } from '../packages.js';

export const judge: Judge = {
  verify: async ({ text, incoming }, { secret }) => {
    type Unwrap = (body: string, options: { headers: object; key: string }) => { type?: string };
    type Client = new (options: { apiKey: string }) => { beta: { webhooks: { unwrap: Unwrap } } };
    const { default: Anthropic } = await load<{ default: Client }>('@anthropic-ai/sdk');
    new Anthropic({ apiKey: 'unused' }).beta.webhooks.unwrap(text, { headers: incoming.headers, key: secret });
    return true;
  },
  taken: {
    'false-header-first': 'Node joins both headers, and each v1 counts, as while a secret is rotated',
    'false-header-last': 'the same',
  },
  secret: 'whsec_a25vd24tdG8tdGhlLXRlc3RzLWFsb25l',
};
