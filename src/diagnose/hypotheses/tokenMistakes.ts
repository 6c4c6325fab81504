import type { Mistake } from '../hypothesis.js';

const notOurs = '{provider} signs its tokens with {algorithm}.';

/** Mistakes in a JSON Web Token; only of requests, as no receiver computes one. */
export const tokenMistakes = {
  malformed: {
    name: 'token-malformed',
    title: 'is none: {detail}',
    change: {
      signature: 'A JSON Web Token is three parts in Base64URL with dots between: header.claims.signature. Was it cut?',
      computed: '',
    },
  },
  unsigned: {
    name: 'token-unsigned',
    title: 'says that it needs no signature (alg "none")',
    change: {
      signature:
        'Anybody can make it. Name the algorithms that you allow: algorithms: ["{algorithm}"], and never "none".',
      computed: '',
    },
  },
  algorithm: {
    name: 'token-algorithm',
    title: 'says alg {detail}',
    change: {
      signature: `${notOurs} Allow that algorithm alone, whatever the token says.`,
      computed: '',
    },
  },
  confused: {
    name: 'token-key-confused',
    title: 'is signed with {detail}, and the text of the public key as the shared secret',
    change: {
      signature:
        'Whoever knows the public key can make it. Name the algorithms that you allow: algorithms: ["{algorithm}"].',
      computed: '',
    },
  },
  keyId: {
    name: 'token-key-id',
    title: 'names the key {detail}, and no key that is known signed it',
    change: {
      signature: 'The key was changed, or belongs to another environment: fetch the one that the token names (kid).',
      computed: '',
    },
  },
  encoding: {
    name: 'token-encoding',
    title: 'has its signature in {detail}, where tokens have Base64URL without padding',
    change: { signature: 'Write all three parts with - and _, and without = at the end.', computed: '' },
  },
  claimMissing: {
    name: 'token-claim-missing',
    title: 'does not claim {detail}',
    change: { signature: '{provider} always does. Reject a token without it.', computed: '' },
  },
  claimType: {
    name: 'token-claim-type',
    title: 'claims {detail}',
    change: { signature: 'Write it as {provider} does, or ask what made it another type.', computed: '' },
  },
  claim: {
    name: 'token-claim',
    title: 'is signed rightly, but its {detail} is not that of this request',
    change: {
      signature:
        'The token belongs to another body, or the body was changed or saved otherwise than it came: compare the claim with the hash of the raw bytes.',
      computed: '',
    },
  },
  expired: {
    name: 'token-expired',
    title: 'has expired {detail} ago (exp)',
    change: {
      signature: 'The signature is right. If it was fresh when it came, give that time with {option:now}.',
      computed: '',
    },
  },
  notYet: {
    name: 'token-not-yet',
    title: 'is valid only in {detail} (nbf)',
    change: {
      signature: 'The signature is right: set the clocks (NTP) of the sender and of the receiver.',
      computed: '',
    },
  },
} as const satisfies Record<string, Mistake>;
