import type { Judge } from '../judge.js';
import { load } from '../packages.js';

export const judge: Judge = {
  verify: async ({ text, header }, { secret }) => {
    type Verify = (secret: string, body: string, signature: string) => Promise<boolean>;
    const { verify } = await load<{ verify: Verify }>('@octokit/webhooks-methods');
    return verify(secret, text, header('x-hub-signature-256'));
  },
};
