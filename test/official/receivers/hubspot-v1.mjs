// Signature.isValid of the package with version 1, which looks at no time.
import { Signature } from '@hubspot/api-client';
import express from 'express';

export function receive({ secret }) {
  const app = express();
  app.post('/webhook', express.text({ type: '*/*', limit: '2mb' }), (req, res) => {
    const signature = req.get('X-HubSpot-Signature');
    const requestBody = req.body ?? '';
    if (!Signature.isValid({ signature, clientSecret: secret, requestBody, signatureVersion: 'v1' }))
      return res.status(401).send('Unauthorized');
    res.status(200).end();
  });
  return app;
}
