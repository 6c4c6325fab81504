import type { Judge } from '../judge.js';
import { load } from '../packages.js';

export const judge: Judge = {
  verify: async ({ text, header }, { secret }) => {
    type Verify = (request: { body: string; signature: string; verificationToken: string }) => Promise<boolean>;
    const { verifyWebhookSignature } = await load<{ verifyWebhookSignature: Verify }>('@notionhq/client');
    return verifyWebhookSignature({ body: text, signature: header('x-notion-signature'), verificationToken: secret });
  },
  secret: 'secret_known-to-the-tests-alone',
};
