import type { Judge } from '../judge.js';
import { load } from '../packages.js';

export const judge: Judge = {
  verify: async ({ text, header }, { secret }) => {
    type Verifier = new (token: string) => { readPayload(body: string, signature: string): object };
    const { WebhookEventVerifier } = await load<{ WebhookEventVerifier: Verifier }>('@onfido/api');
    new WebhookEventVerifier(secret).readPayload(text, header('x-sha2-signature'));
    return true;
  },
  taken: { 'false-header-last': 'Node joins both headers, and the package reads the hex up to the comma' },
};
