import { wholeSignature } from '../schemeAdvice.js';
import type { FindingRule, FindingTexts } from './findingRule.js';

const texts: FindingTexts = {
  name: 'signature-compared-in-part',
  title: 'Some characters of the signature are not verified',
  why: 'The fewer characters count, the sooner one finds them by trying.',
  fix: wholeSignature,
};

const changed = [
  'tampered-signature*',
  'permuted-signature',
  'signature-tail',
  'random-signature',
  'known-id',
  'coming-id',
];

/** Forgeries that hold a signature of the right form over something else: any of them may fit by chance. */
const byChance = [
  'forged-*',
  'wrong-secret',
  'empty-secret',
  'undefined-secret',
  'null-secret',
  'none-secret',
  'nil-secret',
  'object-secret',
  'blank-secret',
  'zero-secret',
  'sample-secret',
  'unkeyed-hash',
  'sha1',
  'md5',
  'named-sha1',
  'other-event-signature',
  'earlier-signature',
  'empty-body-signature',
  'first-kib-signature',
  'tampered-body',
  'appended-byte',
  'reserialised-body',
  'foreign-event',
];

/** The order of the characters does not count, so other signatures match by chance. */
export const unorderedComparison: FindingRule = {
  ...texts,
  all: { accepted: ['permuted-signature'] },
  explains: { accepted: [...changed, ...byChance] },
};

/** A signature is accepted although some of its characters differ. */
export const partialComparison: FindingRule = {
  ...texts,
  any: { accepted: ['tampered-signature*', 'permuted-signature', 'signature-tail', 'random-signature'] },
  explains: { accepted: changed },
};
