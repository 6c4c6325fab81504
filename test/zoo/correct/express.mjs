import express from 'express';
import { equal, sign } from '../proof.mjs';

function receive(type) {
  return (settings) => {
    const app = express();
    app.post('/', express.raw({ type, limit: '2mb' }), (req, res) => {
      if (!Buffer.isBuffer(req.body)) return res.sendStatus(415);
      if (!equal(req.get(settings.header), sign(req.body, settings))) return res.status(401).send('Invalid signature');
      try {
        JSON.parse(req.body);
      } catch {
        return res.status(400).send('Malformed JSON');
      }
      res.json({ received: true });
    });
    return app;
  };
}

export const receivers = {
  express: receive('application/json'),
  'express-any-type': receive(() => true),
};
