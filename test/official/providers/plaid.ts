import { createHash } from 'node:crypto';
import type { Judge } from '../judge.js';
import { load } from '../packages.js';

// Plaid has no package that verifies; its documents do it with jose.
export const judge: Judge = {
  verify: async ({ text, header }, { publicKey }) => {
    type Jose = {
      importJWK(key: object): Promise<object>;
      jwtVerify(token: string, key: object, options: object): Promise<{ payload: Record<string, unknown> }>;
    };
    const { importJWK, jwtVerify } = await load<Jose>('jose');
    const options = { algorithms: ['ES256'], maxTokenAge: '5 min' };
    const { payload } = await jwtVerify(header('plaid-verification'), await importJWK(publicKey!.jwk), options);
    return payload.request_body_sha256 === createHash('sha256').update(text).digest('hex');
  },
};
