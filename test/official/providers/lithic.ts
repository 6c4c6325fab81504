import type { Judge } from '../judge.js';
import { load } from '../packages.js';

export const judge: Judge = {
  verify: async ({ text, incoming }, { secret }) => {
    type Parse = (body: string, options: { headers: object; secret: string }) => { event_type?: string };
    type Client = new (options: { apiKey: string }) => { webhooks: { parse: Parse } };
    const { default: Lithic } = await load<{ default: Client }>('lithic');
    new Lithic({ apiKey: 'unused' }).webhooks.parse(text, { headers: incoming.headers, secret });
    return true;
  },
  taken: {
    'false-header-first': 'Node joins both headers, and each v1 counts, as while a secret is rotated',
    'false-header-last': 'the same',
  },
  secret: 'whsec_a25vd24tdG8tdGhlLXRlc3RzLWFsb25l',
};
