import type { Judge } from '../judge.js';
import { load } from '../packages.js';

export const judge: Judge = {
  verify: async ({ text, header }, { secret, url }) => {
    type Helper = { verifySignature(request: object): Promise<boolean> };
    const { WebhooksHelper } = await load<{ WebhooksHelper: Helper }>('square');
    const signatureHeader = header('x-square-hmacsha256-signature');
    const given = { requestBody: text, signatureHeader, signatureKey: secret, notificationUrl: url };
    return WebhooksHelper.verifySignature(given);
  },
};
