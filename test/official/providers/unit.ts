import type { Judge } from '../judge.js';
import { load } from '../packages.js';

export const judge: Judge = {
  verify: async ({ text, header }, { secret }) => {
    type Webhooks = { verify(signature: string, secret: string, payload: unknown): boolean };
    type Client = new (token: string, path: string) => { webhooks: Webhooks };
    const { Unit } = await load<{ Unit: Client }>('@unit-finance/unit-node-sdk');
    const { webhooks } = new Unit('a-token', 'http://127.0.0.1');
    // It makes text of the parsed body again, as its documents do.
    return webhooks.verify(header('x-unit-signature'), secret, JSON.parse(text));
  },
};
