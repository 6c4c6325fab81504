import type { Judge } from '../judge.js';
import { load } from '../packages.js';

export const judge: Judge = {
  verify: async ({ text, header }, { secret }) => {
    type Paddle = { webhooks: { unmarshal(body: string, secret: string, signature: string): Promise<unknown> } };
    const { Paddle } = await load<{ Paddle: new (key: string) => Paddle }>('@paddle/paddle-node-sdk');
    await new Paddle('placeholder').webhooks.unmarshal(text, secret, header('paddle-signature'));
    return true;
  },
  taken: { 'false-header-first': 'Node joins both headers, and each h1 counts, as while a secret is rotated' },
};
