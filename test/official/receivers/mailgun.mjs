// Mailgun's documented recipe: an HMAC of time and token, and tokens that count once.
import { createHmac, timingSafeEqual } from 'node:crypto';
import express from 'express';

export function receive({ secret }) {
  const app = express();
  app.post('/mailgun', express.json({ limit: '2mb' }), (req, res) => {
    const { timestamp, token, signature } = req.body?.signature ?? {};
    const expected = createHmac('sha256', secret).update(`${timestamp}${token}`).digest();
    const told = Buffer.from(String(signature), 'hex');
    if (told.length !== expected.length || !timingSafeEqual(told, expected)) return res.sendStatus(401);
    res.sendStatus(200);
  });
  return app;
}
