// Receives the webhooks of Covver with Fastify.
import { createHmac, timingSafeEqual } from 'node:crypto';
import Fastify from 'fastify';

const secret = process.env.COVVER_CLIENT_SECRET;
if (!secret) throw new Error('Set COVVER_CLIENT_SECRET to the secret that you share with Covver.');

const app = Fastify({ bodyLimit: 2 * 1024 * 1024 });

// The signature is over the bytes as they came: parse them only after it is verified.
app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

function isEqual(received, expected) {
  const [a, b] = [Buffer.from(received ?? ''), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** What came, by its id. In production: a table whose id is unique, shared by all processes. */
const received = new Map();

app.post('/webhooks/covver', async (request, reply) => {
  const body = request.body ?? Buffer.alloc(0);
  const signature = createHmac('sha256', secret).update(body).digest('base64');
  if (!isEqual(request.headers.covversignature, signature)) {
    return reply.code(401).send({ error: 'invalid signature' });
  }
  let event;
  try {
    event = JSON.parse(body);
  } catch {
    return reply.code(400).send({ error: 'malformed JSON' });
  }
  const id = request.headers.covveridempotencykey ?? signature;
  const duplicate = received.has(id);
  if (!duplicate) received.set(id, event);
  // Keep the event, answer, and work on it later: the provider waits a few seconds at most.
  return { received: true, duplicate, id };
});

await app.listen({ port: Number(process.env.PORT ?? 3000), host: '127.0.0.1' });
