import type { Judge } from '../judge.js';
import { load } from '../packages.js';

export const judge: Judge = {
  verify: async ({ text, header }, { secret }) => {
    type Client = { verify(body: Buffer, signature: string, timestamp: number): boolean };
    const { LinearWebhookClient } = await load<{ LinearWebhookClient: new (secret: string) => Client }>(
      '@linear/sdk/webhooks',
    );
    const { webhookTimestamp } = JSON.parse(text) as { webhookTimestamp: number };
    return new LinearWebhookClient(secret).verify(Buffer.from(text), header('linear-signature'), webhookTimestamp);
  },
};
