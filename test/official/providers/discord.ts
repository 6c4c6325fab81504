import type { Judge } from '../judge.js';
import { load } from '../packages.js';

export const judge: Judge = {
  verify: async ({ text, header }, { publicKey }) => {
    type Verify = (body: string, signature: string, timestamp: string, key: string) => Promise<boolean>;
    const { verifyKey } = await load<{ verifyKey: Verify }>('discord-interactions');
    return verifyKey(text, header('x-signature-ed25519'), header('x-signature-timestamp'), publicKey!.hex!);
  },
};
