// verifyWebhookEventMiddleware of the package, which answers by itself.
import { verifyWebhookEventMiddleware } from 'discord-interactions';
import express from 'express';

export function receive({ publicKey }) {
  const app = express();
  app.post('/events', verifyWebhookEventMiddleware(publicKey.hex), () => {});
  return app;
}
