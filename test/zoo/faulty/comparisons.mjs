import { timingSafeEqual } from 'node:crypto';
import { equal } from '../proof.mjs';
import { receiver } from './frame.mjs';

const verifying = (verify) => receiver({ verify });

/** As long as the shorter of both goes. */
function sameBytes(left, right) {
  let difference = 0;
  for (let i = 0; i < Math.min(left.length, right.length); i++) difference |= left.charCodeAt(i) ^ right.charCodeAt(i);
  return difference === 0;
}

/** A promise is true, whatever it will be. */
async function verifyLater({ signature, expected }) {
  return equal(signature, expected);
}

/** Remembers which signatures were good, but not of which body. */
function remembering() {
  const seen = new Set();
  return ({ signature, expected }) => {
    if (equal(signature, expected)) seen.add(signature);
    return seen.has(signature);
  };
}

export const receivers = {
  'no-verification': verifying(() => true),
  'header-present-only': verifying(({ signature }) => Boolean(signature)),
  'header-defined-only': verifying(({ signature }) => signature !== undefined),
  'verifies-if-present': verifying(({ signature, expected }) => !signature || signature === expected),
  'verifies-unless-empty': verifying(
    ({ signature, expected }) => signature !== undefined && (signature === '' || signature === expected),
  ),
  'promise-not-awaited': verifying((proof) => verifyLater(proof)),
  // What the type checker would have told: the negation comes first.
  'negation-first': verifying(({ signature, expected }) => !(!signature === expected)),
  'trusts-seen-signature': (settings) => verifying(remembering())(settings),
  'starts-with': verifying(({ signature, expected }) => expected.startsWith(signature ?? '-')),
  'starts-with-some': verifying(({ signature, expected }) => Boolean(signature) && expected.startsWith(signature)),
  'received-starts-with': verifying(({ signature = '', expected }) => signature.startsWith(expected)),
  'shorter-length': verifying(({ signature = '', expected }) => sameBytes(signature, expected)),
  'first-8-characters': verifying(({ signature = '', expected }) => signature.slice(0, 8) === expected.slice(0, 8)),
  'length-only': verifying(({ signature = '', expected }) => signature.length === expected.length),
  'lower-cases': verifying(({ signature = '', expected }) => signature.toLowerCase() === expected.toLowerCase()),
  'expected-includes': verifying(({ signature = '-', expected }) => expected.includes(signature)),
  'received-includes': verifying(({ signature = '', expected }) => signature.includes(expected)),
  'no-length-check': verifying(({ signature = '', expected }) =>
    timingSafeEqual(Buffer.from(signature), Buffer.from(expected)),
  ),
  'throws-on-missing-header': verifying(({ signature, expected }) => signature.trim() === expected),
};
