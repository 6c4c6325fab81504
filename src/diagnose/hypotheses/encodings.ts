import type { Encoding } from '../../core/scheme.js';
import { withoutPadding } from '../../core/withoutPadding.js';
import type { Mistake } from '../hypothesis.js';

/** A way to write a digest as text, and the mistake that it is where the scheme has another. */
export interface EncodingHypothesis extends Mistake {
  /** The encodings of the model that it is; no mistake for a scheme with one of them. */
  readonly is: readonly Encoding[];
  /** Decodes a digest; undefined where the text has another encoding. */
  readonly decode: (text: string) => Buffer | undefined;
}

const strictly = (text: string, encoding: 'hex' | 'base64' | 'base64url') => {
  const bytes = Buffer.from(text, encoding);
  return bytes.length > 0 && bytes.toString(encoding) === text ? bytes : undefined;
};

const inCode = 'Write it as {provider} does ({expected}): {call}.';
const written = (is: string) => ({
  signature: `{provider} writes {expected}, the header has ${is}. Is this {provider}'s request? If the sender is yours: {call}.`,
  computed: `Compare {expected}, not ${is}: {call}.`,
});

/** The encodings in which a digest may be written. */
export const encodings: readonly EncodingHypothesis[] = [
  {
    name: 'encoding-hex',
    title: 'in hex, where {provider} has {expected}',
    change: written('hex'),
    is: ['hex'],
    decode: (text) => strictly(text, 'hex'),
  },
  {
    name: 'encoding-upper-hex',
    title: 'in hex with capital letters, where {provider} has {expected}',
    change: {
      signature: written('capital hex digits').signature,
      computed: `${written('capital hex digits').computed} Or compare the bytes: Buffer.from(text, 'hex').`,
    },
    is: ['HEX'],
    decode: (text) => (/[A-F]/.test(text) ? strictly(text.toLowerCase(), 'hex') : undefined),
  },
  {
    name: 'encoding-base64',
    title: 'in Base64, where {provider} has {expected}',
    change: written('Base64'),
    is: ['base64'],
    decode: (text) => strictly(text, 'base64'),
  },
  {
    name: 'encoding-base64url',
    title: 'in URL-safe Base64 (- and _), where {provider} has {expected}',
    change: written('URL-safe Base64'),
    is: ['base64url'],
    decode: (text) => (/[-_]/.test(text) ? strictly(withoutPadding(text), 'base64url') : undefined),
  },
  {
    name: 'encoding-unpadded',
    title: 'in Base64 without the = at its end, where {provider} has {expected}',
    change: written('Base64 without padding'),
    is: ['base64url'],
    decode: (text) =>
      /[-_=]/.test(text) ? undefined : strictly(text + '='.repeat((4 - (text.length % 4)) % 4), 'base64'),
  },
  {
    name: 'encoding-base64-of-hex',
    title: 'in Base64 of the hex text, where {provider} has {expected}',
    change: {
      signature: written('Base64 of the hex text').signature,
      computed: `Your receiver encodes twice: base64_encode(hash_hmac(…)) wants hash_hmac('{hash}', $body, $secret, true) in PHP, Buffer.from(hexText, 'hex') in Node. ${inCode}`,
    },
    is: [],
    decode: (text) => {
      const inner = strictly(text, 'base64')?.toString('latin1');
      return inner && /^[0-9a-f]+$/i.test(inner) ? strictly(inner.toLowerCase(), 'hex') : undefined;
    },
  },
  {
    name: 'encoding-hex-of-base64',
    title: 'in hex of the Base64 text, where {provider} has {expected}',
    change: {
      signature: written('hex of the Base64 text').signature,
      computed: `Your receiver encodes twice. ${inCode}`,
    },
    is: [],
    decode: (text) => {
      const inner = strictly(text.toLowerCase(), 'hex')?.toString('latin1');
      return inner ? strictly(inner, 'base64') : undefined;
    },
  },
];

/** The call that writes a digest in an encoding. */
export function encodingCall(encoding: Encoding): string {
  return encoding === 'HEX' ? ".digest('hex').toUpperCase()" : `.digest('${encoding}')`;
}

/** Encodings as people call them. */
export const encodingNames: Record<Encoding, string> = {
  hex: 'hex',
  HEX: 'hex with capital letters',
  base64: 'Base64',
  base64url: 'URL-safe Base64',
};
