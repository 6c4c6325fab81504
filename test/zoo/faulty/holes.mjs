import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import express from 'express';
import { equal, sign } from '../proof.mjs';
import { receiver, verified } from './frame.mjs';

/** A receiver that verifies well, and says too much where it rejects. */
const telling = (tell) =>
  receiver({
    verify: (proof) => {
      proof.req.res.locals = proof;
      return verified(proof);
    },
    reject: (res) => tell(res.status(401), res.locals),
  });

const eventOf = ({ body }) => {
  try {
    return JSON.parse(body.toString()) ?? {};
  } catch {
    return {};
  }
};

const unless = (isFree) => receiver({ verify: (proof) => isFree(proof) || verified(proof) });

/** An Express receiver of which the guard alone is wrong; it has all methods, and the body as bytes. */
const guarded = (guard) => (settings) => {
  const app = express();
  app.set('env', 'test');
  app.all('/', express.raw({ type: () => true, limit: '2mb' }), async (req, res) => {
    const body = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
    const isGenuine = (bytes) => equal(req.get(settings.header), sign(bytes, settings));
    const answer = await guard({ req, body, isGenuine, settings });
    res.status(answer.status).send(answer.text ?? '');
  });
  return app;
};

const judged = (isGood, body) => {
  if (!isGood) return { status: 401 };
  try {
    JSON.parse(body.toString());
    return { status: 200, text: 'ok' };
  } catch {
    return { status: 400 };
  }
};

/** Looks an id up, and here keeps it, before it verifies. */
const remembering = (keepsFirst) => (settings) => {
  const seen = new Set();
  return guarded(({ req, body, isGenuine }) => {
    if (req.method !== 'POST') return { status: 405 };
    const id = eventOf({ body }).unique_id;
    const isKnown = id !== undefined && seen.has(id);
    if (keepsFirst) {
      if (id !== undefined) seen.add(id);
      if (!isGenuine(body)) return { status: 401 };
      return isKnown ? { status: 200, text: 'duplicate' } : judged(true, body);
    }
    if (isKnown) return { status: 200, text: 'ok' };
    const answer = judged(isGenuine(body), body);
    if (answer.status === 200 && id !== undefined) seen.add(id);
    return answer;
  })(settings);
};

/** The verdict on a request is a variable of the module, and the answer waits for something. */
const sharedVerdict = (settings) => {
  let isGood = false;
  return guarded(async ({ req, body, isGenuine }) => {
    if (req.method !== 'POST') return { status: 405 };
    isGood = isGenuine(body);
    await sleep(20);
    return judged(isGood, body);
  })(settings);
};

export const receivers = {
  'tells-expected': telling((res, { signature, expected }) => res.send(`got ${signature}, expected ${expected}`)),
  'tells-expected-hex': telling((res, { expected, settings }) =>
    res.json({ error: 'bad signature', debug: Buffer.from(expected, settings.encoding).toString('hex').toUpperCase() }),
  ),
  'tells-expected-header': telling((res, { expected, settings }) =>
    res.set('X-Debug', Buffer.from(expected, settings.encoding).toString('base64url')).end(),
  ),
  'tells-secret': telling((res, { settings }) =>
    res.send(`verified with ${Buffer.from(settings.secret).toString('base64')}`),
  ),
  'only-default-event': unless((proof) => eventOf(proof).event !== 'order.created'),
  'only-known-events': unless((proof) => !/^(order|product|business)\./.test(eventOf(proof).event)),
  'skips-ping': unless((proof) => eventOf(proof).event === 'ping'),
  'ids-first': remembering(false),
  'remembers-first': remembering(true),
  'shared-verdict': sharedVerdict,
  'only-patch-unverified': guarded(({ req, body, isGenuine }) =>
    ['POST', 'PATCH'].includes(req.method) ? judged(req.method === 'PATCH' || isGenuine(body), body) : { status: 405 },
  ),
  'query-unverified': guarded(({ req, body, isGenuine }) => {
    if (req.method === 'POST') return judged(isGenuine(body), body);
    return req.method === 'GET' && req.query.payload ? { status: 200, text: 'ok' } : { status: 404 };
  }),
  'untyped-unverified': guarded(({ req, body, isGenuine }) =>
    req.method === 'POST' ? judged(!req.get('Content-Type') || isGenuine(body), body) : { status: 405 },
  ),
  'gzip-unverified': guarded(({ req, body, isGenuine }) =>
    req.method === 'POST' ? judged(req.get('Content-Encoding') === 'gzip' || isGenuine(body), body) : { status: 405 },
  ),
  'large-unverified': unless(({ body }) => body.length > 1024 * 1024),
  'both-ends': receiver({
    verify: ({ signature = '', expected }) =>
      signature.length === expected.length &&
      signature.slice(0, 8) === expected.slice(0, 8) &&
      signature.slice(-8) === expected.slice(-8),
  }),
  'exclusive-or': receiver({
    verify: ({ signature = '', expected }) => {
      let difference = signature.length ^ expected.length;
      for (let at = 0; at < expected.length; at++) difference ^= signature.charCodeAt(at) ^ expected.charCodeAt(at);
      return difference === 0;
    },
  }),
  'object-secret': receiver({
    verify: (proof) =>
      verified(proof) || equal(proof.signature, sign(proof.body, { ...proof.settings, secret: `${{}}` })),
  }),
  'blank-secret': receiver({
    verify: (proof) => verified(proof) || equal(proof.signature, sign(proof.body, { ...proof.settings, secret: ' ' })),
  }),
  'algorithm-header': receiver({
    verify: ({ req, body, signature, settings }) => {
      const algorithm = req.get('X-Signature-Algorithm') ?? 'sha256';
      if (algorithm === 'none') return true;
      return equal(signature, createHmac(algorithm, settings.secret).update(body).digest(settings.encoding));
    },
  }),
};
