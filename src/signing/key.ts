import { createHash } from 'node:crypto';
import { UsageError } from '../core/errors.js';
import type { HashName, KeyStep, TextPart } from '../core/scheme.js';
import { isTextPart, takePart } from './textPart.js';

const decoders = {
  base64: /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/,
  base64url: /^(?:[A-Za-z0-9_-]{4})*(?:[A-Za-z0-9_-]{2}(?:==)?|[A-Za-z0-9_-]{3}=?)?$/,
  hex: /^(?:[0-9A-Fa-f]{2})*$/,
} as const;

type Decoding = keyof typeof decoders;

/**
 * The key bytes of a secret: its UTF-8 text after the given steps; once they are bytes, they may only be hashed.
 * Throws a UsageError, without the secret in it, where a step can't decode what it is given.
 */
export function deriveKey(secret: string, steps: readonly KeyStep[] = []): Uint8Array {
  return applySteps(secret, steps, decode);
}

/** The same by a decoder that takes any text, as those of several languages do: it leaves out what it can't read. */
export function deriveLenientKey(text: string, steps: readonly KeyStep[] = []): Uint8Array {
  return applySteps(text, steps, (rest, step) => Buffer.from(rest, step));
}

type Decoder = (text: string, step: Decoding, secret: string) => Uint8Array;

function applySteps(secret: string, steps: readonly KeyStep[], decoder: Decoder): Uint8Array {
  let text = secret;
  for (const [i, step] of steps.entries()) {
    if (isDecoding(step)) return hashed(decoder(text, step, secret), steps.slice(i + 1), step);
    if (step.startsWith('hash:')) return hashed(Buffer.from(text, 'utf8'), steps.slice(i), step);
    if (step === 'nfkd') {
      text = text.normalize('NFKD');
      continue;
    }
    if (isTextPart(step)) {
      text = takePart(text, step) ?? missingPart(text, step, decoder);
      continue;
    }
    const prefix = step.slice('strip:'.length);
    if (text.startsWith(prefix)) text = text.slice(prefix.length);
  }
  return Buffer.from(text, 'utf8');
}

/** Returns the default of a missing part of a text: for a decoder that takes any text, all of it. */
function missingPart(text: string, step: TextPart, decoder: Decoder): string {
  if (decoder !== decode) return text;
  const separator = step.slice(step.indexOf(':') + 1);
  throw new UsageError(
    'BAD_SECRET',
    `The secret has no "${separator}": this provider's secrets are two texts with that between them. Give both.`,
  );
}

function isDecoding(step: KeyStep): step is Decoding {
  return Object.hasOwn(decoders, step);
}

function hashed(bytes: Uint8Array, steps: readonly KeyStep[], before: KeyStep): Uint8Array {
  let key = bytes;
  for (const step of steps) {
    if (!step.startsWith('hash:')) {
      throw new UsageError('BAD_KEY_STEPS', `After ${before} the key is bytes, so ${step} can't follow it.`);
    }
    key = createHash(step.slice('hash:'.length) as HashName)
      .update(key)
      .digest();
  }
  return key;
}

function decode(text: string, step: Decoding, secret: string): Uint8Array {
  const nothingLeft = text === '' && secret !== '';
  if (nothingLeft || !decoders[step].test(text)) {
    throw new UsageError(
      'BAD_SECRET',
      `The secret is not ${step}, as this provider's secrets are. Check that it was copied whole.`,
    );
  }
  return Buffer.from(text, step);
}

/** The key of a scheme: the bytes of a shared key, or a private key. */
export type SigningKey = Uint8Array | PrivateKey;

/** A key object of Node's, named here without its types: those who import ours may not have them. */
interface PrivateKey {
  readonly type: 'secret' | 'public' | 'private';
}
