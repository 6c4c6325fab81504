// validateWebhookSignature of the package, with the raw body.
import express from 'express';
import Razorpay from 'razorpay';

export function receive({ secret }) {
  const app = express();
  app.post('/webhook', express.text({ type: '*/*', limit: '2mb' }), (req, res) => {
    const signature = req.get('X-Razorpay-Signature');
    if (!signature || !Razorpay.validateWebhookSignature(req.body ?? '', signature, secret)) return res.sendStatus(400);
    res.json({ status: 'ok' });
  });
  return app;
}
