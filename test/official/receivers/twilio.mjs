// twilio.webhook() behind express.urlencoded, as the package documents it.
import express from 'express';
import twilio from 'twilio';

export function receive({ secret }) {
  const app = express();
  app.post(
    '/message',
    express.urlencoded({ extended: false, limit: '2mb' }),
    twilio.webhook({ validate: true }, secret),
    (_, res) => {
      res.type('text/xml').send('<Response></Response>');
    },
  );
  return app;
}
