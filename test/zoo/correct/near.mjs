import express from 'express';
import { equal, sign } from '../proof.mjs';

/** Verifies well, and answers in ways that come near to a hole. */
const near =
  ({ accept = (res) => res.status(200).send('ok'), reject = (res) => res.sendStatus(401), other, work = () => {} }) =>
  (settings) => {
    const app = express();
    app.set('env', 'test');
    const seen = new Set();
    app.all('/', express.raw({ type: () => true, limit: '2mb' }), (req, res) => {
      if (req.method !== 'POST') return other ? other(req, res) : res.sendStatus(405);
      const body = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
      if (!equal(req.get(settings.header), sign(body, settings))) return reject(res, req);
      let event;
      try {
        event = JSON.parse(body.toString());
      } catch {
        return res.sendStatus(400);
      }
      if (work(event, seen, res) !== 'answered') accept(res, req);
    });
    return app;
  };

const page = (_, res) => res.status(200).send('ok');
const echo = (status) => (res, req) =>
  res.status(status).json({ headers: req.rawHeaders, body: Buffer.isBuffer(req.body) ? req.body.toString() : '' });

export const receivers = {
  'page-for-all-methods': near({ other: page }),
  'echoes-rejections': near({ reject: echo(401) }),
  'echoes-all': near({ accept: echo(200), reject: echo(403) }),
  'says-duplicate': near({
    work: (event, seen, res) => {
      const id = event?.unique_id;
      if (id === undefined || !seen.has(id)) return void seen.add(id);
      res.status(200).send('duplicate');
      return 'answered';
    },
  }),
  'answers-pong': near({
    work: (event, _, res) => {
      if (event?.event !== 'ping') return undefined;
      res.send('pong');
      return 'answered';
    },
  }),
};
