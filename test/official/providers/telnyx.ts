import type { Judge } from '../judge.js';
import { load } from '../packages.js';

export const judge: Judge = {
  verify: async ({ text, incoming }, { publicKey }) => {
    type Options = { headers: object; key: string };
    type Webhooks = { unwrap(body: string, options: Options): Promise<{ data?: unknown }> };
    type Client = new (options: { apiKey: string }) => { webhooks: Webhooks };
    const { default: Telnyx } = await load<{ default: Client }>('telnyx');
    const key = Buffer.from(publicKey!.hex!, 'hex').toString('base64');
    await new Telnyx({ apiKey: 'unused' }).webhooks.unwrap(text, { headers: incoming.headers, key });
    return true;
  },
};
