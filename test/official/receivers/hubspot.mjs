// Signature.isValid of the package with version 3, the one that HubSpot advises.
import { Signature } from '@hubspot/api-client';
import express from 'express';

export function receive({ secret, url }) {
  const app = express();
  app.post('/webhook', express.text({ type: '*/*', limit: '2mb' }), (req, res) => {
    try {
      const isValid = Signature.isValid({
        signature: req.get('X-HubSpot-Signature-v3'),
        method: req.method,
        clientSecret: secret,
        requestBody: req.body ?? '',
        url,
        timestamp: Number(req.get('X-HubSpot-Request-Timestamp')),
        signatureVersion: 'v3',
      });
      if (!isValid) return res.status(401).send('Unauthorized');
    } catch {
      return res.status(401).send('Unauthorized');
    }
    res.status(204).end();
  });
  return app;
}
