// FusionAuth has no package that verifies; its documents do it with a package for JWT: https://fusionauth.io/docs/extend/events-and-webhooks/signing
import { createHash } from 'node:crypto';
import type { Judge } from '../judge.js';
import { load } from '../packages.js';

type Jose = {
  jwtVerify(token: string, key: Uint8Array, options: object): Promise<{ payload: { request_body_sha256?: string } }>;
};

export const judge: Judge = {
  verify: async ({ text, header }, { secret }) => {
    const { jwtVerify } = await load<Jose>('jose');
    const key = new TextEncoder().encode(secret);
    const { payload } = await jwtVerify(header('x-fusionauth-signature-jwt'), key, { algorithms: ['HS256'] });
    return payload.request_body_sha256 === createHash('sha256').update(text).digest('base64');
  },
  secret: 'known-to-the-tests-alone-32-bytes-long',
};
