// Plaid's documented recipe with jose: the algorithm of the token, its age, and the hash of the body.
import { createHash, timingSafeEqual } from 'node:crypto';
import express from 'express';
import { decodeProtectedHeader, importJWK, jwtVerify } from 'jose';

export async function receive({ publicKey }) {
  const key = await importJWK(publicKey.jwk, 'ES256');
  const app = express();
  app.post('/plaid', express.raw({ type: '*/*', limit: '2mb' }), async (req, res) => {
    const body = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
    const token = req.get('Plaid-Verification') ?? '';
    try {
      if (decodeProtectedHeader(token).alg !== 'ES256') return res.sendStatus(401);
      const { payload } = await jwtVerify(token, key, { algorithms: ['ES256'], maxTokenAge: '5 min' });
      const expected = createHash('sha256').update(body).digest('hex');
      const told = Buffer.from(String(payload.request_body_sha256));
      if (told.length !== expected.length || !timingSafeEqual(told, Buffer.from(expected))) return res.sendStatus(401);
    } catch {
      return res.sendStatus(401);
    }
    res.sendStatus(200);
  });
  return app;
}
