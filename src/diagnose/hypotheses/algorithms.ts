import { createHash, createHmac } from 'node:crypto';
import type { EncodedScheme, HashName, HashScheme } from '../../core/scheme.js';
import type { SignedContent } from '../../signing/signContent.js';
import type { Hypothesis, Variant } from '../hypothesis.js';

/** The inputs of a hash. */
export interface Ingredients {
  readonly key: Uint8Array;
  /** The text of the secret, where the key was made of one. */
  readonly secret: Uint8Array;
  readonly content: SignedContent;
}

/** The digest of some content under some key. */
export type Algorithm = (ingredients: Ingredients) => Uint8Array;

type AlgorithmHypothesis = Hypothesis<HashScheme, Algorithm>;

const hashes: readonly HashName[] = ['sha256', 'sha1', 'sha512', 'sha384', 'md5'];

function digest(hash: HashName, pieces: SignedContent): Buffer {
  const state = createHash(hash);
  for (const piece of pieces) state.update(piece);
  return state.digest();
}

function keyed(hash: HashName, key: Uint8Array, pieces: SignedContent): Buffer {
  const state = createHmac(hash, key);
  for (const piece of pieces) state.update(piece);
  return state.digest();
}

/** A scheme's own way from content to digest. */
export function ownAlgorithm(options: HashScheme | EncodedScheme): Algorithm {
  if (options.scheme === 'encoded') return ({ content }) => toBytes(content);
  const { scheme, hash } = options;
  return scheme === 'hmac' ? ({ key, content }) => keyed(hash, key, content) : ({ content }) => digest(hash, content);
}

/** A hypothesis of the HMAC with another hash. */
const otherHash = (hash: HashName): AlgorithmHypothesis => ({
  name: `algorithm-${hash}`,
  title: `HMAC-${hash.toUpperCase()}`,
  change: {
    signature: `{provider} documents {algorithm}; this is HMAC-${hash.toUpperCase()}. Is it another provider, or an older version of the scheme?`,
    computed: `Use {algorithm}: createHmac('{hash}', secret), not createHmac('${hash}', secret).`,
  },
  variants: (options) =>
    options.scheme === 'digest' || options.hash === hash
      ? []
      : [{ value: ({ key, content }) => keyed(hash, key, content) }],
});

function plain(combine: (ingredients: Ingredients) => SignedContent, words: string) {
  return ({ hash }: HashScheme): Variant<Algorithm>[] =>
    [hash, ...hashes.filter((name) => name !== hash)].map((name) => ({
      value: (ingredients) => digest(name, combine(ingredients)),
      detail: words.replace('{}', name.toUpperCase()),
    }));
}

/** The signed content without the secret, which a plain hash may cover, too. */
const withoutSecret = ({ content, secret }: Ingredients): SignedContent => content.filter((piece) => piece !== secret);

/** Ways to other digests of a provider that makes a plain hash of the secret and the rest. */
export const digestAlgorithms: readonly AlgorithmHypothesis[] = [
  {
    name: 'algorithm-other-digest',
    title: 'a plain hash by {detail}',
    change: {
      signature: '{provider} documents {algorithm}; this is {detail}. Is it an older or newer version of the scheme?',
      computed: 'Use {algorithm}, not {detail}.',
    },
    variants: ({ scheme, hash }) =>
      scheme === 'digest'
        ? hashes
            .filter((name) => name !== hash)
            .map((name) => ({ value: ({ content }) => digest(name, content), detail: name.toUpperCase() }))
        : [],
  },
  {
    name: 'algorithm-keyed',
    title: '{detail} with the secret as its key',
    change: {
      signature: '{provider} makes a plain hash ({algorithm}) in which the secret is; this is {detail}.',
      computed: 'The secret is a part of what is hashed, and no key: use createHash and {algorithm}, not {detail}.',
    },
    variants: ({ scheme }) =>
      scheme === 'digest'
        ? hashes.map((name) => ({
            value: (ingredients) => keyed(name, ingredients.key, withoutSecret(ingredients)),
            detail: `HMAC-${name.toUpperCase()}`,
          }))
        : [],
  },
  {
    name: 'algorithm-none',
    title: 'no hash at all, but what is to be hashed',
    change: {
      signature: '{provider} sends {algorithm} of it. Is it another way to prove a request?',
      computed: 'Hash that first: use {algorithm}.',
    },
    variants: ({ scheme }) => (scheme === 'digest' ? [{ value: ({ content }) => toBytes(content) }] : []),
  },
];

const keyedHash = 'a keyed hash: crypto.createHmac in place of createHash, hmac.new in Python, hash_hmac in PHP';

/** Other algorithms than the scheme's own that may have made a digest, the likeliest first. */
export const algorithms: readonly AlgorithmHypothesis[] = [
  ...(['sha256', 'sha1', 'sha512', 'sha384', 'md5'] as const).map(otherHash),
  ...digestAlgorithms,
  {
    name: 'algorithm-unkeyed',
    title: 'a plain hash without the secret: {detail}',
    change: {
      signature: 'Anyone can make this signature. {provider} signs with {algorithm}: who sent it?',
      computed: `Your receiver hashes without the secret. Use ${keyedHash}.`,
    },
    variants: plain(withoutSecret, '{}(body)'),
  },
  {
    name: 'algorithm-secret-first',
    title: 'a plain hash of secret and body: {detail}',
    change: {
      signature: '{provider} signs with {algorithm}, not with a hash of secret and body.',
      computed: `Your receiver hashes the secret and the body behind it. Use ${keyedHash}.`,
    },
    variants: plain(({ secret, content }) => [secret, ...content], '{}(secret + body)'),
  },
  {
    name: 'algorithm-secret-last',
    title: 'a plain hash of body and secret: {detail}',
    change: {
      signature: '{provider} signs with {algorithm}, not with a hash of body and secret.',
      computed: `Your receiver hashes the body and the secret behind it. Use ${keyedHash}.`,
    },
    variants: plain(({ secret, content }) => [...content, secret], '{}(body + secret)'),
  },
  {
    name: 'algorithm-swapped',
    title: 'an HMAC with key and message swapped',
    change: {
      signature: 'The sender took the body for the key, and the secret for the message.',
      computed: 'The key comes first: createHmac(hash, secret).update(body); hmac.new(secret, body, …) in Python.',
    },
    variants: ({ hash }) => [{ value: ({ secret, content }) => keyed(hash, toBytes(content), [secret]) }],
  },
  {
    name: 'algorithm-double',
    title: 'hashed twice: {detail}',
    change: {
      signature: 'The sender hashed twice ({detail}); {provider} signs the body itself.',
      computed: 'Your receiver hashes twice ({detail}). Give the body itself to the HMAC, and take its digest once.',
    },
    variants: ({ hash }) => [
      {
        value: ({ key, content }) => keyed(hash, key, [digest(hash, content).toString('hex')]),
        detail: 'HMAC of the hex hash of the body',
      },
      {
        value: ({ key, content }) => keyed(hash, key, [digest(hash, content)]),
        detail: 'HMAC of the hash of the body',
      },
      { value: ({ key, content }) => digest(hash, [keyed(hash, key, content)]), detail: 'hash of the HMAC' },
      {
        value: ({ key, content }) => digest(hash, [keyed(hash, key, content).toString('hex')]),
        detail: 'hash of the hex HMAC',
      },
      {
        value: ({ key, content }) => keyed(hash, key, [keyed(hash, key, content)]),
        detail: 'HMAC of the HMAC',
      },
      {
        value: ({ key, content }) => keyed(hash, key, [digest(hash, content).toString('base64')]),
        detail: 'HMAC of the Base64 hash of the body',
      },
    ],
  },
];

function toBytes(content: SignedContent): Buffer {
  return Buffer.concat(content.map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : piece)));
}
