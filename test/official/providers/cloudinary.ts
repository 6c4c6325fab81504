import type { Judge } from '../judge.js';
import { load } from '../packages.js';

interface Cloudinary {
  config(options: { api_secret: string }): unknown;
  readonly utils: { verifyNotificationSignature(body: string, timestamp: number, signature: string): boolean };
}

export const judge: Judge = {
  verify: async ({ text, incoming: { headers } }, { secret }) => {
    const { v2 } = await load<{ v2: Cloudinary }>('cloudinary');
    v2.config({ api_secret: secret });
    const timestamp = Number(headers['x-cld-timestamp']);
    return v2.utils.verifyNotificationSignature(text, timestamp, String(headers['x-cld-signature']));
  },
};
