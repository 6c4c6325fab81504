import { setTimeout as sleep } from 'node:timers/promises';
import express from 'express';
import { equal, sign } from '../proof.mjs';
import { receiver } from './frame.mjs';

const working = (work) => receiver({ work });

const fulfil = { 'order.created': async () => {} };

/** Parses what was verified without a thought of what else may have been signed. */
const parsesBlindly = (settings) => {
  const app = express();
  app.set('env', 'test');
  app.post('/', express.raw({ type: () => true, limit: '2mb' }), (req, res) => {
    const body = Buffer.isBuffer(req.body) ? req.body : '';
    if (!equal(req.get(settings.header), sign(body, settings))) return res.sendStatus(401);
    const { event } = JSON.parse(body.toString()) ?? {};
    res.json({ event });
  });
  return app;
};

const known = new Set(['event', 'unique_id', 'timestamp', 'data']);
function strictSchema(event) {
  const extra = Object.keys(event ?? {}).find((name) => !known.has(name));
  if (extra) throw Object.assign(new Error(`${extra} is not allowed`), { status: 400 });
}

/** A table with a unique constraint. */
const uniqueIds = (settings) => {
  const rows = new Set();
  return working((event) => {
    if (!event?.unique_id) return;
    if (rows.has(event.unique_id)) throw new Error('duplicate key value violates unique constraint "events_pkey"');
    rows.add(event.unique_id);
  })(settings);
};

/** One database connection, and each event takes its time with it: the longer, the more are waiting for it. */
const globalLock = (milliseconds) => (settings) => {
  let queue = Promise.resolve();
  let waiting = 0;
  return working(async () => {
    waiting++;
    queue = queue.then(() => sleep(waiting > 1 ? milliseconds : milliseconds / 10));
    await queue;
    waiting--;
  })(settings);
};

/** Takes no more than so many at once. Alone, an event is done soon; with others, only when all of a burst are sure to be there. */
const fewAtOnce = (most, status) => (settings) => {
  let running = 0;
  return working(async () => {
    if (running >= most) throw Object.assign(new Error('Too many requests'), { status });
    running++;
    await sleep(50);
    if (running > 1) await sleep(950);
    running--;
  })(settings);
};

/** Keeps the event as text; JSON.stringify has no way back from a depth that JSON.parse has gone down. */
const keep = (event) => void JSON.stringify(event);

const listeners = { log: () => {} };
function merge(target, source) {
  for (const [key, value] of Object.entries(source ?? {})) {
    const isObject = typeof value === 'object' && value !== null;
    target[key] = isObject ? merge(target[key] ?? {}, value) : value;
  }
  return target;
}

/** Loses its only worker to an event that is too deep, and has none from then on. */
const oneWorker = (settings) => {
  let lost = false;
  return working((event) => {
    if (lost) throw new Error('The pool is closed');
    lost = true;
    keep(event);
    lost = false;
  })(settings);
};

export const receivers = {
  'throws-on-malformed': parsesBlindly,
  'throws-on-null': working((event) => event.event),
  'throws-without-name': working((event) => event.event.startsWith('order.')),
  'throws-on-array': working((event) => {
    if (Array.isArray(event)) throw new TypeError("Cannot read properties of undefined (reading 'id')");
  }),
  'throws-on-unknown-event': working((event) => event?.event && fulfil[event.event](event)),
  'strict-schema': working(strictSchema),
  'unique-constraint': uniqueIds,
  'global-lock': globalLock(300),
  'few-at-once': fewAtOnce(8, 503),
  'few-at-once-429': fewAtOnce(8, 429),
  slow: working(() => sleep(3_000)),
  'recursion-500': working(keep),
  'dies-of-depth': working((event) => void setImmediate(keep, event)),
  'broken-by-depth': oneWorker,
  'prototype-pollution': working((event) => {
    merge({}, event);
    for (const name in listeners) listeners[name](event);
  }),
};
