import type { Judge } from '../judge.js';
import { load } from '../packages.js';

type Client = { PGVerifyWebhookSignature(signature: string, body: string, timestamp: string): object };
type Package = {
  // The last argument keeps its error reports off.
  Cashfree: new (
    environment: string,
    id: string,
    secret: string,
    a: string,
    b: string,
    c: string,
    on: boolean,
  ) => Client;
  CFEnvironment: { SANDBOX: string };
};

export const judge: Judge = {
  verify: async ({ text, header }, { secret }) => {
    const { Cashfree, CFEnvironment } = await load<Package>('cashfree-pg');
    const client = new Cashfree(CFEnvironment.SANDBOX, 'unused', secret, '', '', '', false);
    client.PGVerifyWebhookSignature(header('x-webhook-signature'), text, header('x-webhook-timestamp'));
    return true;
  },
};
