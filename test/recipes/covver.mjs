// Covver, "Webhook signature": its verifier, in a plain HTTP server.
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { announce } from './announce.mjs';

const secret = process.env.CLIENT_SECRET;
// Mended: Node.js lower-cases the names of the headers that it receives.
const header = process.argv[2] === 'as-documented' ? 'covverSignature' : 'covversignature';

function validatePayload(headers, payload) {
  const signature = createHmac('sha256', secret).update(JSON.stringify(payload), 'utf8').digest('base64');

  return headers[header] === signature;
}

const server = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const payload = JSON.parse(Buffer.concat(chunks).toString());
  response.writeHead(validatePayload(request.headers, payload) ? 200 : 401).end();
});

announce(server.listen(0, '127.0.0.1'));
