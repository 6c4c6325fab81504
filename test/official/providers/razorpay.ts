import type { Judge } from '../judge.js';
import { load } from '../packages.js';

export const judge: Judge = {
  verify: async ({ text, header }, { secret }) => {
    type Razorpay = { validateWebhookSignature(body: string, signature: string, secret: string): boolean };
    const { default: razorpay } = await load<{ default: Razorpay }>('razorpay');
    return razorpay.validateWebhookSignature(text, header('x-razorpay-signature'), secret);
  },
};
