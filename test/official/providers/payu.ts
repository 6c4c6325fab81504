import type { Judge } from '../judge.js';
import { load } from '../packages.js';

export const judge: Judge = {
  verify: async ({ text }, { secret }) => {
    const fields = Object.fromEntries(new URLSearchParams(text));
    type Client = new (credentials: object) => { hasher: { validateResponseHash(fields: object): boolean } };
    const { default: PayU } = await load<{ default: Client }>('payu-websdk');
    return new PayU({ key: fields.key, salt: secret }).hasher.validateResponseHash(fields);
  },
};
