import type { Judge } from '../judge.js';
import { load } from '../packages.js';

export const judge: Judge = {
  verify: async ({ text }, { publicKey }) => {
    type Sdk = { checkNotifySignV2(fields: object): boolean };
    const { AlipaySdk } = await load<{ AlipaySdk: new (options: object) => Sdk }>('alipay-sdk');
    const sdk = new AlipaySdk({ appId: 'unused', privateKey: 'unused', alipayPublicKey: publicKey!.pem });
    return sdk.checkNotifySignV2(Object.fromEntries(new URLSearchParams(text)));
  },
};
