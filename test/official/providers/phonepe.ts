import type { Judge } from '../judge.js';
import { load } from '../packages.js';

export const judge: Judge = {
  verify: async ({ header }, { secret }) => {
    // What validateCallback of its clients asks; it then also parses the body with a class-transformer that lacks plainToClass since 0.4.1.
    type Utils = { isCallbackValid(user: string, password: string, authorization: string): boolean };
    const path = '@phonepe-pg/pg-sdk-node/dist/common/CommonUtils.js';
    const { CommonUtils } = await load<{ CommonUtils: Utils }>(path);
    const [user, password] = secret.split(':') as [string, string];
    return CommonUtils.isCallbackValid(user, password, header('authorization'));
  },
  taken: { 'false-header-last': 'Node keeps the first Authorization alone' },
  secret: 'known_to:theTests4lone',
};
