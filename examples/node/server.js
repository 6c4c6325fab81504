// Receives the webhooks of BharatCart with nothing but Node.js.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';

const secret = process.env.BHARATCART_WEBHOOK_SECRET;
if (!secret) throw new Error('Set BHARATCART_WEBHOOK_SECRET to the secret that you share with BharatCart.');

const limit = 2 * 1024 * 1024;

function isEqual(received, expected) {
  const [a, b] = [Buffer.from(received ?? ''), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** The bytes of a request; null where there are too many. */
async function read(request) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size <= limit) chunks.push(chunk);
  }
  return size > limit ? null : Buffer.concat(chunks);
}

/** What came, by its signature: BharatCart names no id, and a retry has the same bytes. In production: a table whose id is unique. */
const received = new Map();

function take(body, header) {
  if (body === null) return [413, { error: 'too large' }];
  // The signature is over the bytes as they came: parse them only after it is verified.
  const signature = createHmac('sha256', secret).update(body).digest('hex');
  if (!isEqual(header, signature)) return [401, { error: 'invalid signature' }];
  let event;
  try {
    event = JSON.parse(body);
  } catch {
    return [400, { error: 'malformed JSON' }];
  }
  const duplicate = received.has(signature);
  if (!duplicate) received.set(signature, event);
  // Keep the event, answer, and work on it later: the provider waits a few seconds at most.
  return [200, { received: true, duplicate, receipt: signature.slice(0, 12) }];
}

const server = createServer(async (request, response) => {
  try {
    const body = await read(request);
    const [status, answer] =
      request.url !== '/webhooks/bharatcart'
        ? [404, { error: 'not found' }]
        : request.method !== 'POST'
          ? [405, { error: 'POST only' }]
          : take(body, request.headers['x-webhook-signature']);
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(answer));
  } catch {
    // The connection was lost while the request came.
    response.destroy();
  }
});

server.listen(process.env.PORT ?? 3000, '127.0.0.1');
