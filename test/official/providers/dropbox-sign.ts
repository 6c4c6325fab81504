import type { Judge } from '../judge.js';
import { load } from '../packages.js';

export const judge: Judge = {
  verify: async ({ text, header }, { secret }) => {
    type Sign = {
      EventCallbackRequest: { init(data: unknown): unknown };
      EventCallbackHelper: { isValid(key: string, callback: unknown): boolean };
    };
    const { EventCallbackRequest, EventCallbackHelper } = await load<Sign>('@dropbox/sign');
    const parts = await new Response(text, { headers: { 'content-type': header('content-type') } }).formData();
    return EventCallbackHelper.isValid(secret, EventCallbackRequest.init(JSON.parse(String(parts.get('json')))));
  },
  knownCases: {
    'earlier-signature': 'what is signed is the time and the type of the event: within one second, it is the same',
  },
};
