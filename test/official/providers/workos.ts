import type { Judge } from '../judge.js';
import { load } from '../packages.js';

export const judge: Judge = {
  verify: async ({ text, header }, { secret }) => {
    type Construct = (request: { payload: string; sigHeader: string; secret: string }) => Promise<{ event?: string }>;
    type Client = new (key: string) => { webhooks: { constructEvent: Construct } };
    const { WorkOS } = await load<{ WorkOS: Client }>('@workos-inc/node');
    const client = new WorkOS('sk_unused');
    await client.webhooks.constructEvent({ payload: text, sigHeader: header('workos-signature'), secret });
    return true;
  },
  taken: { 'false-header-last': 'Node joins both headers, and the first v1 counts' },
};
