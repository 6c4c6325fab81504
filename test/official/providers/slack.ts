import type { Judge } from '../judge.js';
import { load } from '../packages.js';

export const judge: Judge = {
  verify: async ({ text, header }, { secret }) => {
    type Verify = (options: { signingSecret: string; body: string; headers: object }) => void;
    const { verifySlackRequest } = await load<{ verifySlackRequest: Verify }>('@slack/bolt');
    const signature = header('x-slack-signature');
    const timestamp = Number(header('x-slack-request-timestamp'));
    const headers = { 'x-slack-signature': signature, 'x-slack-request-timestamp': timestamp };
    verifySlackRequest({ signingSecret: secret, body: text, headers });
    return true;
  },
};
