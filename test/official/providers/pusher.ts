import type { Judge } from '../judge.js';
import { load } from '../packages.js';

type Client = new (
  options: object,
) => {
  webhook(request: { headers: object; rawBody: string }): { isValid(): boolean };
};

export const judge: Judge = {
  verify: async ({ text, incoming }, { secret }) => {
    const { default: Pusher } = await load<{ default: Client }>('pusher');
    const [key, ...rest] = secret.split('|');
    const client = new Pusher({ appId: '1', key, secret: rest.join('|'), cluster: 'ap1' });
    return client.webhook({ headers: incoming.headers, rawBody: text }).isValid();
  },
  knownCases: { charset: 'the package takes a Content-Type of application/json without parameters only' },
  secret: 'a-key|known-to-the-tests-alone',
};
