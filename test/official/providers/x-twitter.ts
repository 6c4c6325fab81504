import type { Judge } from '../judge.js';
import { load } from '../packages.js';

type Package = { validateSignature(headers: object, auth: { consumer_secret: string }, body: string): boolean };

export const judge: Judge = {
  verify: async ({ text, incoming }, { secret }) => {
    const { default: autohook } = await load<{ default: Package }>('twitter-autohook');
    return autohook.validateSignature(incoming.headers, { consumer_secret: secret }, text);
  },
};
