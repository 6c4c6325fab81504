import type { Judge } from '../judge.js';
import { load } from '../packages.js';

export const judge: Judge = {
  verify: async ({ text, incoming }, { secret }) => {
    type Webhooks = { unwrap(payload: string, headers: object, secret: string): Promise<{ type?: string }> };
    type Client = new (options: { apiKey: string }) => { webhooks: Webhooks };
    const { default: OpenAI } = await load<{ default: Client }>('openai');
    await new OpenAI({ apiKey: 'unused' }).webhooks.unwrap(text, incoming.headers, secret);
    return true;
  },
  taken: {
    'false-header-first': 'Node joins both headers, and each v1 counts, as while a secret is rotated',
    'false-header-last': 'the same',
  },
  secret: 'whsec_a25vd24tdG8tdGhlLXRlc3RzLWFsb25l',
};
