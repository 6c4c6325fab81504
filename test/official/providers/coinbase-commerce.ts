import type { Judge } from '../judge.js';
import { load } from '../packages.js';

export const judge: Judge = {
  verify: async ({ text, header }, { secret }) => {
    type Webhook = { verifyEventBody(body: string, signature: string, secret: string): object };
    const { default: commerce } = await load<{ default: { Webhook: Webhook } }>('coinbase-commerce-node');
    commerce.Webhook.verifyEventBody(text, header('x-cc-webhook-signature'), secret);
    return true;
  },
};
