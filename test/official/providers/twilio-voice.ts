import type { Judge } from '../judge.js';
import { load } from '../packages.js';

export const judge: Judge = {
  verify: async ({ text, header }, { secret, url }) => {
    type Validate = (token: string, signature: string, url: string, parameters: object) => boolean;
    const { default: twilio } = await load<{ default: { validateRequest: Validate } }>('twilio');
    const parameters = Object.fromEntries(new URLSearchParams(text));
    return twilio.validateRequest(secret, header('x-twilio-signature'), url, parameters);
  },
};
