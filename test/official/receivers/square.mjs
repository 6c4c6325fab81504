// WebhooksHelper of the package with the address that Square was given.
import express from 'express';
import { WebhooksHelper } from 'square';

export function receive({ secret, url }) {
  const app = express();
  app.post('/square', express.text({ type: '*/*', limit: '2mb' }), async (req, res) => {
    const isValid = await WebhooksHelper.verifySignature({
      requestBody: req.body ?? '',
      signatureHeader: req.headers['x-square-hmacsha256-signature'],
      signatureKey: secret,
      notificationUrl: url,
    });
    res.sendStatus(isValid ? 200 : 403);
  });
  return app;
}
