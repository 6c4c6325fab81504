import type { Judge } from '../judge.js';
import { load } from '../packages.js';

export const judge: Judge = {
  verify: async ({ text, incoming }, { secret }) => {
    type Webhooks = { verifySignature(request: { headers: object; body: string; secret: string }): Promise<boolean> };
    type Client = new (options: { accessToken: string }) => { webhooks: Webhooks };
    const { WebflowClient } = await load<{ WebflowClient: Client }>('webflow-api');
    const { webhooks } = new WebflowClient({ accessToken: 'unused' });
    return webhooks.verifySignature({ headers: incoming.headers, body: text, secret });
  },
  knownCases: { 'stale-timestamp': 'the package compares no time' },
};
