// hmacValidator behind express.json, as Adyen's example applications have it.
import { hmacValidator as HmacValidator } from '@adyen/api-library';
import express from 'express';

export function receive({ secret }) {
  const validator = new HmacValidator();
  const app = express();
  app.post('/webhooks/notifications', express.json({ limit: '2mb' }), (req, res) => {
    const item = req.body?.notificationItems?.[0]?.NotificationRequestItem;
    try {
      if (!item || !validator.validateHMAC(item, secret)) return res.status(401).send('Invalid HMAC signature');
    } catch {
      return res.status(401).send('Invalid HMAC signature');
    }
    res.status(202).send();
  });
  return app;
}
