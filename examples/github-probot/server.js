// Receives the webhooks of GitHub with Probot.
import { createServer } from 'node:http';
import { Probot } from 'probot';
import app from './app.js';

const secret = process.env.WEBHOOK_SECRET;
if (!secret) throw new Error('Set WEBHOOK_SECRET to the secret that you share with GitHub.');

// An app that calls the API has APP_ID and PRIVATE_KEY here, and an action GITHUB_TOKEN.
const { APP_ID: appId, PRIVATE_KEY: privateKey, GITHUB_TOKEN: githubToken = 'not-used' } = process.env;
const probot = new Probot({ secret, ...(appId ? { appId, privateKey } : { githubToken }) });
await probot.load(app);

// GitHub sends up to 25 MB.
const maxBytes = 25 * 1024 * 1024;

/** The text of a request; null where it is too long. */
async function read(request) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size <= maxBytes) chunks.push(chunk);
  }
  return size > maxBytes ? null : Buffer.concat(chunks).toString();
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The ids of deliveries that came. In production: a table whose id is unique, shared by all processes. */
const deliveries = new Set();

async function take(body, headers) {
  if (body === null) return [413, { error: 'too large' }];
  // The signature is over the bytes as they came: parse them only after it is verified.
  const signature = headers['x-hub-signature-256'] ?? '';
  const isGenuine = body !== '' && signature !== '' && (await probot.webhooks.verify(body, signature));
  if (!isGenuine) return [401, { error: 'invalid signature' }];
  const payload = parse(body);
  const [id, name] = [headers['x-github-delivery'], headers['x-github-event']];
  if (!id || !name || typeof payload !== 'object' || !payload) return [400, { error: 'no event' }];
  // Who presses "Redeliver" sends the same delivery again, under the same id.
  if (deliveries.has(id)) return [200, { received: true, duplicate: true }];
  deliveries.add(id);
  // Answer, and let the app work: GitHub waits 10 seconds. Probot writes what goes wrong into its log.
  probot.receive({ id, name, payload }).catch(() => {});
  return [200, { received: true, duplicate: false }];
}

const server = createServer(async (request, response) => {
  const isForUs = request.method === 'POST' && request.url.split('?')[0] === '/api/github/webhooks';
  const [status, answer] = isForUs ? await take(await read(request), request.headers) : [404, { error: 'not found' }];
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(answer));
});

server.listen(process.env.PORT ?? 3000, '127.0.0.1');
