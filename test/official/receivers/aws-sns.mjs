// sns-validator as its README shows; the certificate, which it fetches from Amazon, comes from here.
import https from 'node:https';
import { Readable } from 'node:stream';
import express from 'express';
import MessageValidator from 'sns-validator';

export function receive({ publicKey }) {
  https.get = (_, answered) => {
    answered(Object.assign(Readable.from([publicKey.certificate]), { statusCode: 200 }));
    return { on() {} };
  };
  const validator = new MessageValidator();
  const app = express();
  app.post('/sns', express.text({ type: '*/*', limit: '2mb' }), (req, res) => {
    validator.validate(req.body ?? '', (error) => {
      res.sendStatus(error ? 403 : 200);
    });
  });
  return app;
}
