import type { Judge } from '../judge.js';
import { load } from '../packages.js';

export const judge: Judge = {
  verify: async ({ text, incoming }, { secret }) => {
    type Webhooks = { unwrap(body: string, headers: object, secret: string): Promise<{ type?: string }> };
    type Client = new (options: { tokenId: string; tokenSecret: string }) => { webhooks: Webhooks };
    const { default: Mux } = await load<{ default: Client }>('@mux/mux-node');
    const { webhooks } = new Mux({ tokenId: 'unused', tokenSecret: 'unused' });
    await webhooks.unwrap(text, incoming.headers, secret);
    return true;
  },
  taken: {
    'false-header-first': 'Node joins both headers, and each v1 counts, as while a secret is rotated',
    'false-header-last': 'the same',
  },
};
