// BharatCart, "Signature Verification" and "Implementation Example": its verifier in its Express receiver.
import crypto from 'node:crypto';
import express from 'express';
import { announce } from './announce.mjs';

function documented(payload, signature, secret) {
  const expectedSignature = crypto.createHmac('sha256', secret).update(payload).digest('hex');

  return crypto.timingSafeEqual(Buffer.from(signature), Buffer.from(expectedSignature));
}

// Mended: Buffer.from throws for a header that is missing, timingSafeEqual for lengths that differ.
function mended(payload, signature, secret) {
  return Buffer.byteLength(signature ?? '') === 64 && documented(payload, signature, secret);
}

const verifyWebhook = process.argv[2] === 'as-documented' ? documented : mended;
const app = express();

app.post('/webhooks/bharatcart', express.raw({ type: 'application/json' }), (req, res) => {
  const signature = req.headers['x-webhook-signature'];
  const payload = req.body.toString();

  const isValid = verifyWebhook(payload, signature, process.env.WEBHOOK_SECRET);

  if (!isValid) {
    return res.status(401).send('Invalid signature');
  }

  JSON.parse(payload);
  res.status(200).send('OK');
});

announce(app.listen(0, '127.0.0.1'));
