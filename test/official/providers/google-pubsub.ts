import type { Judge } from '../judge.js';
import { load } from '../packages.js';

export const judge: Judge = {
  verify: async ({ header }, { publicKey, url }) => {
    type Jose = {
      importSPKI(pem: string, algorithm: string): Promise<object>;
      jwtVerify(token: string, key: object, options: object): Promise<{ payload: Record<string, unknown> }>;
    };
    const { importSPKI, jwtVerify } = await load<Jose>('jose');
    const [, token = ''] = /^Bearer (.+)$/.exec(header('authorization')) ?? [];
    const { payload } = await jwtVerify(token, await importSPKI(publicKey!.pem, 'RS256'), {
      algorithms: ['RS256'],
      audience: url,
      issuer: ['accounts.google.com', 'https://accounts.google.com'],
    });
    return payload.email === 'pubsub-push@senja-kopi.iam.gserviceaccount.com' && payload.email_verified === true;
  },
  taken: { 'false-header-last': 'Node keeps the first Authorization alone' },
};
