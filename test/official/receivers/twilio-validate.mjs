// validateRequest with the address that Twilio was given, for receivers behind a proxy.
import express from 'express';
import twilio from 'twilio';

export function receive({ secret, url }) {
  const app = express();
  app.post('/message', express.urlencoded({ extended: false, limit: '2mb' }), (req, res) => {
    const isValid = twilio.validateRequest(secret, req.get('X-Twilio-Signature'), url, req.body ?? {});
    if (!isValid) return res.status(403).send('Forbidden');
    res.status(204).end();
  });
  return app;
}
