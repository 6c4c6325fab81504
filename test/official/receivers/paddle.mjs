// As the package's README: the raw body, unmarshal; but what does not verify is answered 400, and not as a success.
import { LogLevel, Paddle } from '@paddle/paddle-node-sdk';
import express from 'express';

export function receive({ secret }) {
  const paddle = new Paddle('placeholder', { logLevel: LogLevel.none });
  const app = express();
  app.post('/webhooks', express.raw({ type: 'application/json', limit: '2mb' }), async (req, res) => {
    const signature = req.headers['paddle-signature'] ?? '';
    const rawRequestBody = req.body?.toString() ?? '';
    if (!signature || !rawRequestBody) return res.status(400).send('Signature missing in header');
    try {
      await paddle.webhooks.unmarshal(rawRequestBody, secret, signature);
    } catch {
      return res.status(400).send('Invalid signature');
    }
    res.send('Processed webhook event');
  });
  return app;
}
