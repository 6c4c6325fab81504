import { createHash } from 'node:crypto';
import { keyVariant, type SecretHypothesis, textVariant } from './secretFacts.js';

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
    .map((tail) => keyVariant(Buffer.from(tail.trim(), form), tail === secret ? 'whole' : 'after its prefix'));

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
            keyVariant(Buffer.from(secret), 'prefix and all'),
            ...tails(secret)
              .slice(1)
              .map((tail) => keyVariant(Buffer.from(tail), 'without its prefix')),
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
      textVariant(Buffer.from(secret).toString('base64'), 'Base64'),
      textVariant(Buffer.from(`${secret}\n`).toString('base64'), 'Base64, with a newline'),
      textVariant(Buffer.from(secret).toString('hex'), 'hex'),
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
        return [textVariant(decodeURIComponent(secret)), textVariant(decodeURIComponent(secret.replaceAll('+', ' ')))];
      } catch {
        return [];
      }
    },
  },
  {
    name: 'secret-html-decoded',
    title: 'the secret with its HTML escapes undone (&amp; is &)',
    alone: true,
    change: {
      signature: 'Your secret is escaped for HTML, as the source of a page shows it. Copy what the page displays.',
      computed: 'Your receiver undoes HTML escapes in its secret. Use it as it is.',
    },
    variants: ({ text: secret }) => (secret.includes('&') ? [textVariant(htmlDecoded(secret))] : []),
  },
  {
    name: 'secret-html-encoded',
    title: 'the secret escaped for HTML ({detail})',
    alone: true,
    change: {
      signature: 'The secret at the provider was saved escaped for HTML. Save it again.',
      computed: 'Your receiver holds the secret escaped for HTML (htmlspecialchars, a template). Take it unescaped.',
    },
    variants: ({ text: secret }) =>
      ["'", '&#39;', '&#039;', '&#x27;', '&apos;'].map((quote) =>
        textVariant(htmlEncoded(secret, quote), quote === "'" ? '& is &amp;' : `' is ${quote}`),
      ),
  },
  {
    name: 'secret-json-escaped',
    title: 'the secret {detail}',
    alone: true,
    change: {
      signature: 'The secret went through JSON: {detail}. Copy what the provider shows.',
      computed: 'Your receiver holds the secret {detail}. Read it with a JSON parser, or take the escapes out.',
    },
    variants: ({ text: secret }) => [
      ...(secret.includes('\\')
        ? unescapedTexts(secret).map((each) => textVariant(each, 'with its escapes of JSON undone'))
        : []),
      textVariant(JSON.stringify(secret).slice(1, -1), 'with the escapes of JSON'),
      textVariant(secret.replace(/[<>&\u2028\u2029]/g, unicodeEscape), 'with < > & as \\u003c \\u003e \\u0026'),
      textVariant(secret.replaceAll('/', '\\/'), 'with \\/ for /'),
      textVariant(secret.replace(/[\u007f-\uffff]/g, unicodeEscape), 'with \\u escapes for what is not ASCII'),
    ],
  },
  {
    name: 'secret-unicode-form',
    title: 'the secret in another form of Unicode ({detail})',
    alone: true,
    change: {
      signature: 'The secret was typed on another system, which composes characters otherwise: {detail} was used.',
      computed: 'Your receiver has the secret in {detail}. Use the characters as the provider has them.',
    },
    variants: ({ text: secret }) =>
      /[^\0-\x7f]/.test(secret)
        ? [
            ...(['NFC', 'NFD', 'NFKC', 'NFKD'] as const).map((form) => textVariant(secret.normalize(form), form)),
            keyVariant(Buffer.from(secret, 'latin1'), 'Latin-1'),
            textVariant(Buffer.from(secret).toString('latin1'), 'UTF-8 taken for Latin-1'),
            keyVariant(Buffer.from(secret, 'utf16le'), 'UTF-16'),
          ]
        : [],
  },
  {
    name: 'secret-percent-encoded',
    title: 'the secret percent-encoded',
    change: {
      signature: 'The secret at the provider is percent-encoded. Save it again.',
      computed: 'Your receiver holds the secret percent-encoded, as in a URL: decodeURIComponent(secret).',
    },
    variants: ({ text: secret }) => {
      const usual = encodeURIComponent(secret.toWellFormed());
      const strict = usual.replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
      const lower = (each: string) => each.replace(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase());
      return [
        usual,
        strict,
        strict.replaceAll('%20', '+'),
        lower(usual),
        lower(strict),
        encodeURI(secret.toWellFormed()),
      ].map((each) => textVariant(each));
    },
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
      return [keyVariant(digest, 'bytes'), keyVariant(Buffer.from(digest.toString('hex')), 'hex')];
    },
  },
];

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

function htmlDecoded(secret: string): string {
  return secret.replace(/&(?:#(\d{1,6})|#x([0-9a-f]{1,6})|([a-z]+));/gi, (whole, decimal, hex, name) => {
    const code = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : undefined;
    if (code === undefined) return entities[String(name)] ?? whole;
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

function htmlEncoded(secret: string, quote: string): string {
  const written: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": quote,
  };
  return secret.replace(/[&<>"']/g, (char) => written[char]!);
}

const unicodeEscape = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Decodes this text as the inside of a JSON string; none where it is no such text. */
function unescapedTexts(secret: string): string[] {
  try {
    return [JSON.parse(`"${secret.replace(/(?<!\\)"/g, '\\"')}"`) as string];
  } catch {
    return [];
  }
}

function sha256(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
