import type { Judge } from '../judge.js';
import { load } from '../packages.js';

export const judge: Judge = {
  verify: async ({ text, header }, { secret }) => {
    type Webhooks = { parse(body: string, secret: string, signature: string): object[] };
    const { parse } = await load<Webhooks>('gocardless-nodejs/webhooks');
    return parse(text, secret, header('webhook-signature')).length > 0;
  },
  taken: { 'false-header-last': 'Node joins both headers, and the decoder of hex stops at the comma' },
};
