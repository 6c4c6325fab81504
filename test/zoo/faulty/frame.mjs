import express from 'express';
import { equal, sign } from '../proof.mjs';

/** The right way to verify, for receivers whose finding is elsewhere. */
export const verified = ({ signature, expected }) => equal(signature, expected);

/**
 * An Express receiver that is right in all but what it is given: `verify` judges the signature, `work` handles the
 * event, `reject` and `accept` answer. An error in any of them becomes what Express makes of it, status 500.
 */
export function receiver({
  verify = verified,
  work = () => {},
  reject = (res) => res.status(401).send('Invalid signature'),
  accept = (res) => res.sendStatus(200),
  limit = '2mb',
  type = () => true,
}) {
  return (settings) => {
    const app = express();
    app.set('env', 'test');
    app.post('/', express.raw({ type, limit }), async (req, res) => {
      const body = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
      const name = settings.header.toLowerCase();
      const proof = { req, body, signature: req.headers[name], expected: sign(body, settings), name, settings };
      if (!verify(proof)) return reject(res);
      const event = parse(body);
      if (event === undefined) return res.status(400).send('Malformed JSON');
      await work(event, req);
      accept(res);
    });
    return app;
  };
}

function parse(body) {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}
