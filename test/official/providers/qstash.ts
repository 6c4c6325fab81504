import type { Judge } from '../judge.js';
import { load } from '../packages.js';

type Receiver = new (keys: {
  currentSigningKey: string;
  nextSigningKey: string;
}) => {
  verify(request: { signature: string; body: string; url: string }): Promise<boolean>;
};

export const judge: Judge = {
  verify: async ({ text, incoming }, { secret, url }) => {
    const { Receiver } = await load<{ Receiver: Receiver }>('@upstash/qstash');
    const receiver = new Receiver({ currentSigningKey: secret, nextSigningKey: 'another-one-that-is-next' });
    return receiver.verify({ signature: String(incoming.headers['upstash-signature']), body: text, url });
  },
};
