// As the package's example: the raw body, the key from the settings, 403 for what does not verify.
import sendgrid from '@sendgrid/eventwebhook';
import express from 'express';

const { EventWebhook, EventWebhookHeader } = sendgrid;

export function receive({ publicKey }) {
  const webhook = new EventWebhook();
  const key = webhook.convertPublicKeyToECDSA(publicKey.base64);
  const app = express();
  app.post('/sendgrid/webhook', express.text({ type: '*/*', limit: '2mb' }), (req, res) => {
    const signature = req.get(EventWebhookHeader.SIGNATURE());
    const timestamp = req.get(EventWebhookHeader.TIMESTAMP());
    try {
      if (webhook.verifySignature(key, req.body ?? '', signature, timestamp)) return res.sendStatus(204);
    } catch {
      // The package throws for what is no signature at all.
    }
    res.sendStatus(403);
  });
  return app;
}
