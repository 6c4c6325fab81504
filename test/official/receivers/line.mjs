// As the package's guide: the middleware, and its two errors told apart.
import { JSONParseError, middleware, SignatureValidationFailed } from '@line/bot-sdk';
import express from 'express';

export function receive({ secret }) {
  const app = express();
  app.post('/webhook', middleware({ channelSecret: secret }), (req, res) => {
    res.json(req.body?.events ?? null);
  });
  app.use((error, _req, res, next) => {
    if (error instanceof SignatureValidationFailed) return res.status(401).send(error.signature);
    if (error instanceof JSONParseError) return res.status(400).send(error.raw);
    next(error);
  });
  return app;
}
