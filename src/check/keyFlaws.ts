import type { FlawRule } from './flawRule.js';

const anybody = 'Anybody who knows the address can send events that the provider never sent.';
const required =
  'Read the secret once at start-up and throw where it is missing or empty; compare with secrets that are set, never with String(env.NAME) or a default.';

/** Forgeries that were taken as genuine: what was signed with, and when. */
export const keyFlaws: readonly FlawRule[] = [
  {
    name: 'sample-secret-accepted',
    title: 'What is signed with the public sample secret is accepted',
    why: `${anybody} The sample secret is printed in the documents of webhook-sim.`,
    fix: 'Remove it from the list of secrets that are deployed.',
    all: { accepted: ['sample-secret'] },
    explains: { accepted: ['sample-secret'] },
  },
  {
    name: 'empty-secret-accepted',
    title: 'What is signed with the empty secret is accepted',
    why: `${anybody} They sign with ''.`,
    fix: `A secret that is not set becomes '' (env.OLD_SECRET ?? ''). ${required}`,
    all: { accepted: ['empty-secret'] },
    explains: { accepted: ['empty-secret'] },
  },
  {
    name: 'undefined-secret-accepted',
    title: 'What is signed with the text "undefined" is accepted',
    why: `${anybody} They sign with "undefined".`,
    fix: `A variable that is not set becomes the text "undefined" (\`\${env.NAME}\`). ${required}`,
    all: { accepted: ['undefined-secret'] },
    explains: { accepted: ['undefined-secret'] },
  },
  {
    name: 'null-secret-accepted',
    title: 'What is signed with the text "null" is accepted',
    why: `${anybody} They sign with "null".`,
    fix: `A secret that is null becomes the text "null" (String(row.secret)). ${required}`,
    all: { accepted: ['null-secret'] },
    explains: { accepted: ['null-secret'] },
  },
  {
    name: 'wrong-secret-accepted',
    title: 'What is signed with another secret is accepted',
    why: anybody,
    fix: 'The signature is compared with something that does not come from the secret. Compute it with the secret of this provider.',
    all: { accepted: ['wrong-secret'] },
    explains: { accepted: ['wrong-secret'] },
  },
  {
    name: 'unkeyed-hash-accepted',
    title: 'A plain hash of the body is accepted',
    why: `${anybody} A hash without a secret is made by everybody.`,
    fix: "Use createHmac('sha256', secret), not createHash('sha256'), and no second way beside it.",
    all: { accepted: ['unkeyed-hash'] },
    explains: { accepted: ['unkeyed-hash'] },
  },
  {
    name: 'weak-hash-accepted',
    title: 'Weaker algorithms than the documented one are accepted',
    why: 'MD5 and SHA-1 are broken as hashes; what a sender can choose, a forger chooses.',
    fix: "Name the algorithm in your code ('sha256') and take none from a header or a list.",
    any: { accepted: ['sha1', 'md5'] },
    explains: { accepted: ['sha1', 'md5', 'named-sha1'] },
  },
  {
    name: 'wrong-encoding-accepted',
    title: 'The signature is accepted in another encoding, too',
    why: 'No hole by itself, but each way more is one more to keep right.',
    fix: 'Compare with the encoding that the provider documents, and no other.',
    all: { accepted: ['wrong-encoding'] },
    explains: { accepted: ['wrong-encoding'] },
  },
  {
    name: 'unsigned-timestamp-accepted',
    title: 'The time that counts is not the one that was signed',
    why: 'An old delivery can be sent again with a new time.',
    fix: 'Put the time from the header into what is verified.',
    all: { accepted: ['unsigned-timestamp'] },
    explains: { accepted: ['unsigned-timestamp'] },
  },
  {
    name: 'stale-timestamp-accepted',
    title: 'Deliveries from long ago are accepted',
    why: 'Whoever saw a delivery can send it again, whenever they like.',
    fix: 'Refuse a signed time that is more than five minutes ago.',
    all: { accepted: ['stale-timestamp'] },
    explains: { accepted: ['stale-timestamp'], told: ['freshness-window'] },
  },
  {
    name: 'future-timestamp-accepted',
    title: 'Deliveries from the future are accepted',
    why: 'A time far ahead makes a delivery valid for as long.',
    fix: 'Refuse a signed time that is more than five minutes ahead: compare Math.abs(now - time).',
    all: { accepted: ['future-timestamp'] },
    explains: { accepted: ['future-timestamp', 'timestamp-in-*'] },
  },
  {
    name: 'signature-compared-in-part',
    title: 'Some characters of the signature are not compared',
    why: 'The fewer characters count, the sooner one finds them by trying.',
    fix: 'Compare all of it, with a function that takes constant time: crypto.timingSafeEqual, hmac.compare_digest, hash_equals.',
    any: { accepted: ['tampered-signature*', 'permuted-signature', 'signature-tail', 'random-signature'] },
    explains: {
      accepted: [
        'tampered-signature*',
        'permuted-signature',
        'signature-tail',
        'random-signature',
        'known-id',
        'coming-id',
      ],
    },
  },
];
