import { createHash } from 'node:crypto';
import { key, type SecretHypothesis, text } from './secretFacts.js';

/** Parts of a secret that may be the whole key: all of it, and what follows each underscore. */
function tails(secret: string): string[] {
  const cuts = [...secret].flatMap((char, at) => (char === '_' ? [secret.slice(at + 1)] : []));
  return [secret, ...cuts.slice(0, 4), ...cuts.slice(-1)];
}

const decoders = {
  base64: /^[A-Za-z0-9+/]{2,}={0,2}$/,
  base64url: /^[A-Za-z0-9_-]{2,}={0,2}$/,
  hex: /^(?:[0-9A-Fa-f]{2})+$/,
} as const;

const decoded = (secret: string, form: keyof typeof decoders) =>
  tails(secret)
    .filter((tail) => decoders[form].test(tail.trim()))
    .map((tail) => key(Buffer.from(tail.trim(), form), tail === secret ? 'whole' : 'after its prefix'));

/** The secret decoded, not decoded, or encoded. */
export const secretCodings: readonly SecretHypothesis[] = [
  {
    name: 'secret-not-decoded',
    title: 'the text of the secret as the key, {detail}',
    change: {
      signature: 'The sender did not decode the secret; {provider} does.',
      computed:
        "Your receiver uses the text of the secret. {provider}'s secrets have to be decoded: Buffer.from(secret.replace(/^whsec_/, ''), 'base64').",
    },
    variants: ({ text: secret, provider }) =>
      Object.values(provider.signatures).some((options) => options.scheme === 'hmac' && options.key?.length)
        ? [
            key(Buffer.from(secret), 'prefix and all'),
            ...tails(secret)
              .slice(1)
              .map((tail) => key(Buffer.from(tail), 'without its prefix')),
          ]
        : [],
  },
  {
    name: 'secret-base64',
    title: 'the secret decoded from Base64 ({detail})',
    change: {
      signature: "The secret is Base64 of the key (kubectl shows secrets so): Buffer.from(secret, 'base64').",
      computed:
        "Your receiver decodes the secret from Base64; {provider}'s key is its text: createHmac('sha256', secret).",
    },
    variants: ({ text: secret }) => decoded(secret, 'base64'),
  },
  {
    name: 'secret-base64url',
    title: 'the secret decoded from URL-safe Base64 ({detail})',
    change: {
      signature: "The secret is URL-safe Base64 of the key: Buffer.from(secret, 'base64url').",
      computed:
        "Your receiver decodes the secret from Base64; {provider}'s key is its text: createHmac('sha256', secret).",
    },
    variants: ({ text: secret }) => decoded(secret, 'base64url'),
  },
  {
    name: 'secret-hex',
    title: 'the secret decoded from hex ({detail})',
    change: {
      signature: "The secret is hex of the key: Buffer.from(secret, 'hex').",
      computed:
        "Your receiver decodes the secret from hex; {provider}'s key is its text, though it looks like hex: createHmac('sha256', secret).",
    },
    variants: ({ text: secret }) => decoded(secret, 'hex'),
  },
  {
    name: 'secret-encoded',
    title: 'the secret encoded as {detail}',
    change: {
      signature: 'The key is the encoded text ({detail}) of your secret: do not decode it.',
      computed:
        'Your receiver holds the secret encoded ({detail}), as kubectl get secret prints it. Decode it once, where it is stored.',
    },
    variants: ({ text: secret }) => [
      text(Buffer.from(secret).toString('base64'), 'Base64'),
      text(Buffer.from(`${secret}\n`).toString('base64'), 'Base64, with a newline'),
      text(Buffer.from(secret).toString('hex'), 'hex'),
    ],
  },
  {
    name: 'secret-percent-decoded',
    title: 'the secret percent-decoded',
    change: {
      signature: 'Your secret is percent-encoded, as in a URL: decodeURIComponent(secret).',
      computed: 'Your receiver percent-decodes its secret. Use it as it is shown.',
    },
    variants: ({ text: secret }) => {
      try {
        return [text(decodeURIComponent(secret)), text(decodeURIComponent(secret.replaceAll('+', ' ')))];
      } catch {
        return [];
      }
    },
  },
  {
    name: 'secret-percent-encoded',
    title: 'the secret percent-encoded',
    change: {
      signature: 'The secret at the provider is percent-encoded. Save it again.',
      computed: 'Your receiver holds the secret percent-encoded, as in a URL: decodeURIComponent(secret).',
    },
    variants: ({ text: secret }) => [text(encodeURIComponent(secret))],
  },
  {
    name: 'secret-hashed',
    title: 'the SHA-256 of the secret as the key ({detail})',
    alone: true,
    change: {
      signature: 'The key is the SHA-256 of your secret ({detail}).',
      computed: 'Your receiver hashes the secret before it is the key. Use it as it is shown.',
    },
    variants: ({ text: secret }) => {
      const digest = sha256(secret);
      return [key(digest, 'bytes'), key(Buffer.from(digest.toString('hex')), 'hex')];
    },
  },
];

function sha256(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
