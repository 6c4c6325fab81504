import type { Judge } from '../judge.js';
import { load } from '../packages.js';

type Webhooks = {
  constructEvent(request: { payload: string; signatureHeader: string; webhookSecretKey: string }): object;
};

export const judge: Judge = {
  verify: async ({ text, header }, { secret }) => {
    type Client = new (key: string) => { webhooks: Webhooks };
    const { default: Paymongo } = await load<{ default: Client }>('paymongo-node');
    new Paymongo('unused').webhooks.constructEvent({
      payload: text,
      signatureHeader: header('paymongo-signature'),
      webhookSecretKey: secret,
    });
    return true;
  },
  taken: {
    'false-header-first': 'Node joins both headers, and the package reads their first parts alone',
    'false-header-last': 'the same',
  },
};
