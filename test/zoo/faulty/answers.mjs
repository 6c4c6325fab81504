import express from 'express';
import { equal, sign } from '../proof.mjs';
import { receiver, verified } from './frame.mjs';

/** A gateway's own middleware: the error becomes an answer that asks for no retry. */
function verifyOrThrow(proof) {
  if (!verified(proof)) throw new Error('Invalid signature');
  return true;
}

const swallowing = (settings) => {
  const app = express();
  app.use(receiver({ verify: verifyOrThrow })(settings));
  app.use((_error, _req, res, _next) => res.status(200).json({ received: true }));
  return app;
};

/** Answers at once, as providers advise, and verifies after that. */
const answersFirst = (settings) => {
  const app = express();
  app.post('/', express.raw({ type: () => true, limit: '2mb' }), (req, res) => {
    res.sendStatus(200);
    const body = Buffer.isBuffer(req.body) ? req.body : '';
    if (!equal(req.get(settings.header), sign(body, settings))) return;
    settings.received?.(body);
  });
  return app;
};

export const receivers = {
  'error-answers-200': swallowing,
  'answers-before-verifying': answersFirst,
  'forgery-200-with-error': receiver({ reject: (res) => res.json({ error: 'invalid signature' }) }),
  'forgery-302': receiver({ reject: (res) => res.redirect('/login') }),
  'forgery-500': receiver({ verify: verifyOrThrow }),
  'forgery-dropped': receiver({ reject: (res) => res.destroy() }),
};
