// GitLab's documented way: the token is compared.
import { timingSafeEqual } from 'node:crypto';
import express from 'express';

export function receive({ secret }) {
  const expected = Buffer.from(secret);
  const app = express();
  app.post('/gitlab', express.json({ limit: '2mb' }), (req, res) => {
    const told = Buffer.from(req.get('X-Gitlab-Token') ?? '');
    if (told.length !== expected.length || !timingSafeEqual(told, expected)) return res.sendStatus(401);
    res.sendStatus(200);
  });
  return app;
}
