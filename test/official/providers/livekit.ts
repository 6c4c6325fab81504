import type { Judge } from '../judge.js';
import { load } from '../packages.js';

export const judge: Judge = {
  verify: async ({ text, header }, { secret }) => {
    type Receiver = new (
      key: string,
      secret: string,
    ) => {
      receive(body: string, authorization: string): Promise<{ event: string }>;
    };
    const { WebhookReceiver } = await load<{ WebhookReceiver: Receiver }>('livekit-server-sdk');
    const [key = '', apiSecret = ''] = secret.split('|');
    const { event } = await new WebhookReceiver(key, apiSecret).receive(text, header('authorization'));
    return event !== '';
  },
  taken: { 'false-header-last': 'Node keeps the first of two Authorization headers' },
  secret: 'APITestsAlone|known-to-the-tests-alone-32-bytes-long',
};
