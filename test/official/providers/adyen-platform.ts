import type { Judge } from '../judge.js';
import { load } from '../packages.js';

export const judge: Judge = {
  verify: async ({ text, header }, { secret }) => {
    type Validator = { validateHMACSignature(key: string, signature: string, data: string): boolean };
    const { hmacValidator: Validator } = await load<{ hmacValidator: new () => Validator }>('@adyen/api-library');
    return new Validator().validateHMACSignature(secret, header('hmacsignature'), text);
  },
  taken: {
    'false-header-last': 'Node joins both headers, and the decoder of Base64 stops at the padding of the first',
  },
  secret: 'b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90a1',
};
