import type { Judge } from '../judge.js';
import { load } from '../packages.js';

export const judge: Judge = {
  verify: async ({ text, incoming }, { secret }) => {
    type Verify = (request: Request, options: { signingSecret: string }) => Promise<{ type?: string }>;
    const { verifyWebhook } = await load<{ verifyWebhook: Verify }>('@clerk/backend/webhooks');
    const headers = incoming.headers as Record<string, string>;
    const request = new Request('https://shop.example.com/hooks', { method: 'POST', headers, body: text });
    await verifyWebhook(request, { signingSecret: secret });
    return true;
  },
  taken: {
    'false-header-first': 'Node joins both headers, and each v1 counts, as while a secret is rotated',
    'false-header-last': 'the same',
  },
  secret: 'whsec_a25vd24tdG8tdGhlLXRlc3RzLWFsb25l',
};
