import type { Judge } from '../judge.js';
import { load } from '../packages.js';

export const judge: Judge = {
  verify: async ({ text }, { secret }) => {
    type Gateway = { webhookNotification: { parse(signature: string, payload: string): Promise<{ kind: string }> } };
    type Braintree = { Environment: { Sandbox: object }; BraintreeGateway: new (options: object) => Gateway };
    const { BraintreeGateway, Environment } = (await load<{ default: Braintree }>('braintree')).default;
    const [publicKey, privateKey] = secret.split('|');
    const gateway = new BraintreeGateway({
      environment: Environment.Sandbox,
      merchantId: 'senja',
      publicKey,
      privateKey,
    });
    const form = new URLSearchParams(text);
    const { kind } = await gateway.webhookNotification.parse(form.get('bt_signature')!, form.get('bt_payload')!);
    return kind !== '';
  },
  secret: 'public-known-to-the-tests|private-known-to-the-tests',
  knownCases: { 'non-ascii': 'the text is put behind the end of the XML, which is none then' },
};
