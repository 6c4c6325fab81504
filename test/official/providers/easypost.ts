import type { Judge } from '../judge.js';
import { load } from '../packages.js';

export const judge: Judge = {
  verify: async ({ text, incoming }, { secret }) => {
    type Utils = { validateWebhook(body: Buffer, headers: object, secret: string): { description?: string } };
    const { default: EasyPost } = await load<{ default: new (key: string) => { Utils: Utils } }>('@easypost/api');
    new EasyPost('unused').Utils.validateWebhook(Buffer.from(text), incoming.headers, secret);
    return true;
  },
};
