import type { Judge } from '../judge.js';
import { load } from '../packages.js';

export const judge: Judge = {
  verify: async ({ text, header, incoming }, { secret, url }) => {
    type Signature = { isValid(request: object): boolean };
    const { Signature } = await load<{ Signature: Signature }>('@hubspot/api-client');
    const given = { clientSecret: secret, requestBody: text, url, method: incoming.method };
    const timestamp = Number(header('x-hubspot-request-timestamp'));
    const v1 = { ...given, signatureVersion: 'v1', signature: header('x-hubspot-signature') };
    const v3 = { ...given, signatureVersion: 'v3', signature: header('x-hubspot-signature-v3'), timestamp };
    return Signature.isValid(v1) && Signature.isValid(v3);
  },
};
