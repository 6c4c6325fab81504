import type { Judge } from '../judge.js';
import { load } from '../packages.js';

// The package reads and validates events; https://github.com/cloudevents/spec/blob/main/cloudevents/http-webhook.md says how a delivery is authorized.
export const judge: Judge = {
  verify: async ({ text, incoming }, { secret }) => {
    type Read = { HTTP: { toEvent(message: object): { id: string; type: string; validate(): boolean } } };
    if (incoming.headersDistinct?.authorization?.join() !== `Bearer ${secret}`) return false;
    if (incoming.headers['webhook-request-origin'] !== 'shop.example.com') return false;
    const { HTTP } = await load<Read>('cloudevents');
    const event = HTTP.toEvent({ headers: incoming.headers, body: text });
    return event.id !== '' && event.type.startsWith('com.example.') && event.validate();
  },
};
