import type { Judge } from '../judge.js';
import { load } from '../packages.js';

export const judge: Judge = {
  verify: async ({ text, header }, { secret }) => {
    type Package = { isValidSignature(body: string, signature: string, secret: string): Promise<boolean> };
    const { isValidSignature } = await load<Package>('@sanity/webhook');
    return isValidSignature(text, header('sanity-webhook-signature'), secret);
  },
};
