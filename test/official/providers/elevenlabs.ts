import type { Judge } from '../judge.js';
import { load } from '../packages.js';

export const judge: Judge = {
  verify: async ({ text, header }, { secret }) => {
    type Webhooks = { constructEvent(body: string, signature: string, secret: string): Promise<object> };
    type Client = new (options: { apiKey: string }) => { webhooks: Webhooks };
    const { ElevenLabsClient } = await load<{ ElevenLabsClient: Client }>('@elevenlabs/elevenlabs-js');
    const { webhooks } = new ElevenLabsClient({ apiKey: 'unused' });
    await webhooks.constructEvent(text, header('elevenlabs-signature'), secret);
    return true;
  },
  taken: { 'false-header-last': 'Node joins both headers, and the first v0 counts' },
};
