// Scalev's Node.js example in Fastify, which keeps the raw body only if told so.
import { createRequire } from 'node:module';
import Fastify from 'fastify';
import { announce } from './announce.mjs';

const require = createRequire(import.meta.url);
const HMACSHA256 = require('crypto-js/hmac-sha256');
const BASE64 = require('crypto-js/enc-base64');

const fastify = Fastify();
fastify.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => done(null, body));

fastify.post('/', (request, reply) => {
  const calculatedHmac = BASE64.stringify(HMACSHA256(request.body, process.env.CLIENT_SECRET));
  const isValid = request.headers['x-scalev-hmac-sha256'] === calculatedHmac;
  reply.code(isValid ? 200 : 401).send();
});

announce(fastify.server);
await fastify.listen({ port: 0, host: '127.0.0.1' });
