import Fastify from 'fastify';
import { equal, sign } from '../proof.mjs';

async function fastify(settings) {
  const app = Fastify({ bodyLimit: 2 * 1024 * 1024 });
  const keepRaw = (_request, body, done) => done(null, body);
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, keepRaw);
  app.post('/', async (request, reply) => {
    const body = request.body ?? Buffer.alloc(0);
    const signature = request.headers[settings.header.toLowerCase()];
    if (!equal(signature, sign(body, settings))) return reply.code(401).send({ error: 'Invalid signature' });
    try {
      JSON.parse(body);
    } catch {
      return reply.code(400).send({ error: 'Malformed JSON' });
    }
    return reply.code(200).send({ ok: true });
  });
  await app.ready();
  return app.routing;
}

export const receivers = { fastify };
