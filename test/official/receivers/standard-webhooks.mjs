// As the package's README: verify throws for what is not genuine.
import express from 'express';
import { Webhook } from 'standardwebhooks';

export const receive = ({ secret }) => receiveWith(new Webhook(secret));

/** A receiver for a verifier of this kind. */
export function receiveWith(webhook) {
  const app = express();
  app.post('/webhook', express.raw({ type: 'application/json', limit: '2mb' }), (req, res) => {
    if (!Buffer.isBuffer(req.body)) return res.sendStatus(415);
    try {
      webhook.verify(req.body.toString(), req.headers);
    } catch {
      return res.status(400).json({});
    }
    res.json({});
  });
  return app;
}
