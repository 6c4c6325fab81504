import type { Judge } from '../judge.js';
import { load } from '../packages.js';

export const judge: Judge = {
  verify: async ({ text, header }, { secret }) => {
    type Stripe = { webhooks: { constructEvent(body: string, signature: string, secret: string): object } };
    const { default: Stripe } = await load<{ default: new (key: string) => Stripe }>('stripe');
    new Stripe('sk_test_placeholder').webhooks.constructEvent(text, header('stripe-signature'), secret);
    return true;
  },
  taken: {
    'false-header-first': 'Node joins both headers, and each v1 counts, as while a secret is rotated',
    'false-header-last': 'the same',
  },
  secret: 'whsec_known_to_the_tests_alone',
};
