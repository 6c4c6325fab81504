import type { Judge } from '../judge.js';
import { load } from '../packages.js';

export const judge: Judge = {
  verify: async ({ text, incoming }, { secret }) => {
    type Manager = { validateMessage(body: string, headers: object, primaryKey: string): Promise<boolean> };
    const { WebhooksManager } = await load<{ WebhooksManager: Manager }>('box-node-sdk/lib/managers/webhooks');
    return WebhooksManager.validateMessage(text, incoming.headers, secret);
  },
  taken: {
    'false-header-last': 'Node joins both headers, and the package reads Base64 up to the padding of the first',
  },
};
