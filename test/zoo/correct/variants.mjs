import { timingSafeEqual } from 'node:crypto';
import { equal, sign } from '../proof.mjs';
import { node } from './node.mjs';

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Covver's documented way: the body is parsed and written anew before it is hashed. */
function matchesRestringified(signature, body, settings) {
  try {
    return equal(signature, sign(JSON.stringify(JSON.parse(body.toString())), settings));
  } catch {
    return false;
  }
}

/** Compares bytes and not text; Node.js stops decoding where the alphabet ends, and needs no padding. */
function matchesDecoded(signature, body, settings) {
  const received = Buffer.from(signature ?? '', settings.encoding);
  const expected = Buffer.from(sign(body, settings), settings.encoding);
  return received.length === expected.length && timingSafeEqual(received, expected);
}

/** The same for what has the form of a SHA-256 in hex, in either letter case. */
const matchesHex = (signature, ...rest) => /^[0-9a-f]{64}$/i.test(signature) && matchesDecoded(signature, ...rest);

/** A receiver that knows deliveries again by the id in their body and has nothing to do then. */
function deduplicating() {
  const seen = new Set();
  return node({
    statusOf: (event) => {
      const id = event?.unique_id;
      if (id && seen.has(id)) return 200;
      seen.add(id);
      return 202;
    },
  });
}

export const receivers = {
  'answers-204': node({ accepted: 204, rejected: 403 }),
  'answers-202': node({ accepted: 202, rejected: 400 }),
  'answers-201': node({ accepted: 201, rejected: 404 }),
  'health-check': node({ healthy: true }),
  'latency-300-ms': node({ latencyMs: 300 }),
  'limit-512-kib': node({ limit: 512 * 1024 }),
  'unknown-shape-422': node({ statusOf: (event) => (isObject(event) && Object.keys(event).length > 1 ? 200 : 422) }),
  'objects-only-400': node({ statusOf: (event) => (isObject(event) ? 200 : 400) }),
  'unknown-event-404': node({ statusOf: (event) => (event?.event === 'order.created' ? 200 : 404) }),
  deduplicates: deduplicating(),
  restringifies: node({ matches: matchesRestringified }),
  'compares-decoded': node({ matches: matchesDecoded }),
  'compares-decoded-hex': node({ matches: matchesHex }),
};
