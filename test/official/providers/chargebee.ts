import type { Judge } from '../judge.js';
import { load } from '../packages.js';

export const judge: Judge = {
  verify: async ({ incoming }, { secret }) => {
    type Check = (user: string, password: string) => boolean;
    type Package = { basicAuthValidator(check: Check): (headers: object) => Promise<void> };
    const { basicAuthValidator } = await load<Package>('chargebee');
    const validate = basicAuthValidator((user, password) => `${user}:${password}` === secret);
    await validate(incoming.headers);
    return true;
  },
  taken: { 'false-header-last': 'Node keeps the first Authorization alone' },
  secret: 'webhooks:known-to-the-tests-alone',
};
