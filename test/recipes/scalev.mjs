// Scalev, "Verifying a Webhook Request": its Node.js example, in a plain HTTP server.
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { announce } from './announce.mjs';

const require = createRequire(import.meta.url);
const HMACSHA256 = require('crypto-js/hmac-sha256');
const BASE64 = require('crypto-js/enc-base64');

const server = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks).toString();
  const calculatedHmac = BASE64.stringify(HMACSHA256(body, process.env.CLIENT_SECRET));
  const isValid = request.headers['x-scalev-hmac-sha256'] === calculatedHmac;
  response.writeHead(isValid ? 200 : 401).end();
});

announce(server.listen(0, '127.0.0.1'));
