import express from 'express';
import { equal, sign } from '../proof.mjs';
import { receiver } from './frame.mjs';

/** Express with its parser: what is hashed is made of what was parsed. */
const parsed = (signedText) => (settings) => {
  const app = express();
  app.set('env', 'test');
  app.post('/', express.json({ limit: '2mb' }), (req, res) => {
    const isValid = req.body && equal(req.get(settings.header), sign(signedText(req.body), settings));
    res.sendStatus(isValid ? 200 : 401);
  });
  return app;
};

/** express.json as it is, with the hook that keeps the raw body. */
const defaultLimit = (settings) => {
  const app = express();
  app.set('env', 'test');
  const verify = (req, _res, bytes) => {
    req.rawBody = bytes;
  };
  app.post('/', express.json({ verify }), (req, res) => {
    if (!req.rawBody) return res.sendStatus(400);
    res.sendStatus(equal(req.get(settings.header), sign(req.rawBody, settings)) ? 200 : 401);
  });
  return app;
};

/** Verifies what express.raw has read, and it reads nothing but JSON. */
const onlyJsonVerified = (settings) => {
  const app = express();
  app.post('/', express.raw({ type: 'application/json', limit: '2mb' }), express.text(), (req, res) => {
    const isForged = Buffer.isBuffer(req.body) && !equal(req.get(settings.header), sign(req.body, settings));
    res.sendStatus(isForged ? 401 : isJson(req.body ?? '') ? 200 : 400);
  });
  return app;
};

/** Verifies what is posted, and handles all methods. */
const onlyPostVerified = (settings) => {
  const app = express();
  app.all('/', express.raw({ type: () => true, limit: '2mb' }), (req, res) => {
    const body = Buffer.isBuffer(req.body) ? req.body : '';
    if (req.method === 'POST' && !equal(req.get(settings.header), sign(body, settings))) return res.sendStatus(401);
    res.sendStatus(isJson(body) ? 200 : 400);
  });
  return app;
};

const before = (guard, listen) => (settings) => {
  const app = express();
  app.use(guard, listen(settings));
  return app;
};

const needsLength = (req, res, next) => (req.headers['content-length'] ? next() : res.sendStatus(411));
const needsExactType = (req, res, next) =>
  req.method !== 'POST' || req.headers['content-type'] === 'application/json' ? next() : res.sendStatus(415);

/** A handler of node:http that is called with the text that `collect` makes of a request. */
const collecting = (collect) => (settings) => (req, res) => {
  if (req.method !== 'POST') return res.writeHead(405).end();
  collect(req, (body) => {
    const fits = equal(req.headers[settings.header.toLowerCase()], sign(body, settings));
    res.writeHead(fits ? (isJson(body) ? 200 : 400) : 401).end();
  });
};

function isJson(body) {
  try {
    JSON.parse(body);
    return true;
  } catch {
    return false;
  }
}

/** The usual lines from many a tutorial: each chunk becomes text for itself, so a character may fall apart. */
function textOfChunks(req, done) {
  let body = '';
  req.on('data', (chunk) => {
    body += chunk;
  });
  req.on('end', () => done(body));
}

export const receivers = {
  restringifies: parsed((body) => JSON.stringify(body)),
  'hashes-data-of-parsed': parsed((body) => JSON.stringify(body.data ?? '')),
  'limit-100-kib': defaultLimit,
  'limit-32-kib': receiver({ limit: '32kb' }),
  'needs-content-length': before(needsLength, receiver({})),
  'needs-exact-type': before(needsExactType, receiver({})),
  'only-json-verified': onlyJsonVerified,
  'only-post-verified': onlyPostVerified,
  'text-of-chunks': collecting(textOfChunks),
  'first-chunk-only': collecting((req, done) => {
    let body;
    req.on('data', (chunk) => {
      body ??= chunk;
    });
    req.on('end', () => done(body ?? ''));
  }),
  'hangs-on-empty': collecting((req, done) => {
    const chunks = [];
    req.on('data', (chunk) => chunks.push(chunk));
    req.on('end', () => chunks.length > 0 && done(Buffer.concat(chunks)));
  }),
};
