// webhooks.validate of @shopify/shopify-api, which leaves the answer to the app.
import '@shopify/shopify-api/adapters/node';
import { LogSeverity, shopifyApi } from '@shopify/shopify-api';
import express from 'express';

export function receive({ secret }) {
  const shopify = shopifyApi({
    apiKey: 'placeholder',
    apiSecretKey: secret,
    apiVersion: '2026-01',
    hostName: 'shop.example.com',
    isEmbeddedApp: true,
    logger: { level: LogSeverity.Error, log: () => {} },
  });
  const app = express();
  app.post('/webhooks', express.text({ type: '*/*', limit: '2mb' }), async (req, res) => {
    const { valid } = await shopify.webhooks.validate({ rawBody: req.body ?? '', rawRequest: req, rawResponse: res });
    res.sendStatus(valid ? 200 : 401);
  });
  return app;
}
