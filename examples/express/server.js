// Receives the webhooks of Scalev and Commerce Layer with Express.
import { createHmac, timingSafeEqual } from 'node:crypto';
import express from 'express';

const app = express();

/** The secret that a provider signs with. There is no default: a receiver without its secret must not start. */
function secretOf(name) {
  const secret = process.env[name];
  if (!secret) throw new Error(`Set ${name} to the secret that you share with the provider.`);
  return secret;
}

function isEqual(received, expected) {
  const [a, b] = [Buffer.from(received ?? ''), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** What came, by its id. In production: a table whose id is unique, shared by all processes. */
const received = new Map();

function receive(path, { header, secret, idOf }) {
  // The signature is over the bytes as they came: parse them only after it is verified.
  app.post(path, express.raw({ type: 'application/json', limit: '2mb' }), (request, response) => {
    if (!Buffer.isBuffer(request.body)) return response.sendStatus(415);
    const signature = createHmac('sha256', secret).update(request.body).digest('base64');
    if (!isEqual(request.get(header), signature)) return response.status(401).json({ error: 'invalid signature' });
    let event;
    try {
      event = JSON.parse(request.body);
    } catch {
      return response.status(400).json({ error: 'malformed JSON' });
    }
    const id = `${path} ${idOf(event) ?? signature}`;
    const duplicate = received.has(id);
    if (!duplicate) received.set(id, event);
    // Keep the event, answer, and work on it later: the provider waits a few seconds at most.
    response.json({ received: true, duplicate });
  });
}

receive('/webhooks/scalev', {
  header: 'X-Scalev-Hmac-Sha256',
  secret: secretOf('SCALEV_SIGNING_SECRET'),
  idOf: (event) => event?.unique_id,
});
// Commerce Layer names no id of a delivery; what it sends again has the same bytes, so the same signature.
receive('/webhooks/commercelayer', {
  header: 'X-CommerceLayer-Signature',
  secret: secretOf('COMMERCELAYER_SHARED_SECRET'),
  idOf: () => undefined,
});

app.listen(process.env.PORT ?? 3000, '127.0.0.1');
