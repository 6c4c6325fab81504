import type { Judge } from '../judge.js';
import { load } from '../packages.js';

export const judge: Judge = {
  verify: async ({ text, header }, { secret }) => {
    type Validator = { validate(body: string, secret: string, signature: string): Promise<boolean> };
    const path = 'mollie-api-typescript/utils/webhooks/signature_validator.js';
    const { SignatureValidator } = await load<{ SignatureValidator: Validator }>(path);
    return SignatureValidator.validate(text, secret, header('x-mollie-signature'));
  },
};
