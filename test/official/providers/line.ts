import type { Judge } from '../judge.js';
import { load } from '../packages.js';

export const judge: Judge = {
  verify: async ({ text, header }, { secret }) => {
    type Validate = (body: string, secret: string, signature: string) => boolean;
    const { validateSignature } = await load<{ validateSignature: Validate }>('@line/bot-sdk');
    return validateSignature(text, secret, header('x-line-signature'));
  },
  taken: {
    'false-header-last': 'Node joins both headers, and the decoder of Base64 stops at the padding of the first',
  },
};
