// createHandler with basicAuthValidator behind express.json, as the package's README shows.
import Chargebee, {
  WebhookAuthenticationError as AuthenticationError,
  basicAuthValidator,
  WebhookPayloadParseError as PayloadParseError,
  WebhookPayloadValidationError as PayloadValidationError,
} from 'chargebee';
import express from 'express';

export function receive({ secret }) {
  const chargebee = new Chargebee({ site: 'placeholder', apiKey: 'placeholder' });
  const app = express();
  app.use(express.json({ limit: '2mb' }));
  const handler = chargebee.webhooks.createHandler();
  handler.requestValidator = basicAuthValidator((user, password) => `${user}:${password}` === secret);
  for (const event of ['customer_created', 'unhandled_event'])
    handler.on(event, async ({ response }) => {
      response?.status(200).send('OK');
    });
  handler.on('error', (error, { response }) => {
    if (error instanceof AuthenticationError) response?.status(401).send('Unauthorized');
    else if (error instanceof PayloadValidationError || error instanceof PayloadParseError)
      response?.status(400).send('Bad Request');
    else response?.status(500).send('Internal Server Error');
  });
  app.post('/chargebee/webhooks', async (req, res) => {
    await handler.handle({ body: req.body, headers: req.headers, request: req, response: res });
  });
  return app;
}
