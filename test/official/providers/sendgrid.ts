import type { Judge } from '../judge.js';
import { load } from '../packages.js';

export const judge: Judge = {
  verify: async ({ text, header }, { publicKey }) => {
    type Webhook = {
      convertPublicKeyToECDSA(key: string): object;
      verifySignature(key: object, body: string, signature: string, timestamp: string): boolean;
    };
    const { EventWebhook } = await load<{ EventWebhook: new () => Webhook }>('@sendgrid/eventwebhook');
    const webhook = new EventWebhook();
    const key = webhook.convertPublicKeyToECDSA(publicKey!.base64);
    const name = 'x-twilio-email-event-webhook';
    return webhook.verifySignature(key, text, header(`${name}-signature`), header(`${name}-timestamp`));
  },
  taken: {
    'false-header-last': 'Node joins both headers, and the decoder of Base64 stops at the padding of the first',
  },
};
