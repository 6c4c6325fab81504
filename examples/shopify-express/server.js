// Receives the webhooks of Shopify with Express and Shopify's own library.
import '@shopify/shopify-api/adapters/node';
import { LogSeverity, shopifyApi } from '@shopify/shopify-api';
import express from 'express';

const secret = process.env.SHOPIFY_API_SECRET;
if (!secret) throw new Error('Set SHOPIFY_API_SECRET to the secret that you share with Shopify.');

const shopify = shopifyApi({
  apiKey: process.env.SHOPIFY_API_KEY ?? 'not-used',
  apiSecretKey: secret,
  apiVersion: '2026-01',
  hostName: process.env.HOST_NAME ?? 'localhost',
  isEmbeddedApp: true,
  logger: { level: LogSeverity.Error },
});

/** What came, by its id. In production: a table whose id is unique, shared by all processes. */
const received = new Map();

const app = express();

// The signature is over the bytes as they came: parse them only after it is verified.
app.post('/webhooks/shopify', express.text({ type: '*/*', limit: '5mb' }), async (request, response) => {
  const rawBody = typeof request.body === 'string' ? request.body : '';
  const validation = await shopify.webhooks.validate({ rawBody, rawRequest: request, rawResponse: response });
  if (!validation.valid) return response.status(401).json({ error: 'invalid webhook', reason: validation.reason });
  let payload;
  try {
    payload = JSON.parse(rawBody);
  } catch {
    return response.status(400).json({ error: 'malformed JSON' });
  }
  // What Shopify sends again has the same X-Shopify-Webhook-Id.
  const { webhookId, topic, domain } = validation;
  const duplicate = received.has(webhookId);
  if (!duplicate) received.set(webhookId, { topic, domain, payload });
  // Keep the webhook, answer, and work on it later: Shopify waits 5 seconds. A topic that nobody handles is taken, too.
  response.json({ received: true, duplicate });
});

app.listen(process.env.PORT ?? 3000, '127.0.0.1');
