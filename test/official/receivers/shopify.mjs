// webhooks.process of @shopify/shopify-api, with the body as text, as its guide shows.
import '@shopify/shopify-api/adapters/node';
import { ApiVersion, DeliveryMethod, LogSeverity, shopifyApi } from '@shopify/shopify-api';
import express from 'express';

export function receive({ secret }) {
  const shopify = shopifyApi({
    apiKey: 'placeholder',
    apiSecretKey: secret,
    apiVersion: ApiVersion.January26 ?? '2026-01',
    hostName: 'shop.example.com',
    isEmbeddedApp: true,
    logger: { level: LogSeverity.Error, log: () => {} },
  });
  const handler = { deliveryMethod: DeliveryMethod.Http, callbackUrl: '/webhooks', callback: async () => {} };
  shopify.webhooks.addHandlers({ ORDERS_CREATE: [handler], APP_UNINSTALLED: [handler] });
  const app = express();
  app.post('/webhooks', express.text({ type: '*/*', limit: '2mb' }), async (req, res) => {
    try {
      await shopify.webhooks.process({ rawBody: req.body ?? '', rawRequest: req, rawResponse: res });
    } catch {
      // The package has answered already.
    }
  });
  return app;
}
