import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Judge } from '../judge.js';
import { load } from '../packages.js';

type Asked = { rawBody: string; rawRequest: IncomingMessage; rawResponse: ServerResponse };
type Shopify = (config: object) => { webhooks: { validate(asked: Asked): Promise<{ valid: boolean }> } };

export const judge: Judge = {
  verify: async ({ text, incoming, response }, { secret }) => {
    await load('@shopify/shopify-api/adapters/node');
    const { shopifyApi, LogSeverity } = await load<{ shopifyApi: Shopify; LogSeverity: { Error: number } }>(
      '@shopify/shopify-api',
    );
    const { webhooks } = shopifyApi({
      apiKey: 'key',
      apiSecretKey: secret,
      apiVersion: '2026-01',
      hostName: 'example.com',
      isEmbeddedApp: false,
      logger: { level: LogSeverity.Error },
    });
    const { valid } = await webhooks.validate({ rawBody: text, rawRequest: incoming, rawResponse: response });
    return valid;
  },
};
