import { createHash } from 'node:crypto';
import { equal, sign } from '../proof.mjs';
import { receiver } from './frame.mjs';

const verifying = (verify) => receiver({ verify });

/** Any of these secrets will do, as in a rotation. */
const anySecret = (...more) =>
  verifying(({ signature, body, settings }) =>
    [settings.secret, ...more].some((secret) => equal(signature, sign(body, { ...settings, secret }))),
  );

const anyHash = (...hashes) =>
  verifying(({ signature, body, settings }) => hashes.some((hash) => equal(signature, sign(body, settings, hash))));

const anyEncoding = verifying(({ signature, body, settings }) =>
  ['hex', 'base64'].some((encoding) => equal(signature, sign(body, { ...settings, encoding }))),
);

function keyedOrNot({ signature, expected, body, settings }) {
  return [expected, createHash('sha256').update(body).digest(settings.encoding)].some((fit) => equal(signature, fit));
}

/** Hashes something else than the bytes that came. */
const hashing = (bytesOf) =>
  verifying(({ signature, body, settings }) => equal(signature, sign(bytesOf(body), settings)));

function dataOf(body) {
  return JSON.stringify(JSON.parse(body.toString()).data);
}

export const receivers = {
  'secret-undefined': anySecret(`${process.env.NO_SUCH_OLD_SECRET}`),
  'secret-null': anySecret(String(JSON.parse('{"oldSecret":null}').oldSecret)),
  'secret-empty': anySecret(process.env.NO_SUCH_OLD_SECRET ?? ''),
  'secret-sample-scalev': anySecret('scalev-sample-secret'),
  'secret-sample-webconnex': anySecret('feedfacefeedfacefeedfacefeedface'),
  'other-secret': (settings) => receiver({})({ ...settings, secret: `${settings.secret}\n` }),
  'sha1-too': anyHash('sha256', 'sha1'),
  'md5-too': anyHash('sha256', 'md5'),
  'unkeyed-too': verifying(keyedOrNot),
  'both-encodings': anyEncoding,
  'hashes-first-kib': hashing((body) => body.subarray(0, 1024)),
  'hashes-data': hashing(dataOf),
  'hashes-nothing-too': verifying(
    ({ signature, expected, settings }) => equal(signature, expected) || equal(signature, sign('', settings)),
  ),
  'hashes-latin1': hashing((body) => body.toString('latin1')),
  'hashes-ascii': hashing((body) => body.toString().replace(/[^\x00-\x7f]/g, '')),
  'hashes-trimmed': hashing((body) => body.toString().trim()),
};
