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
    const { event } = await new WebhookReceiver('APILanternSample', secret).receive(text, header('authorization'));
    return event !== '';
  },
  taken: { 'false-header-last': 'Node keeps the first of two Authorization headers' },
  secret: 'known-to-the-tests-alone-32-bytes-long',
};
