import { UsageError } from '../core/errors.js';
import type { KeyStep } from '../core/scheme.js';

const decoders = {
  base64: /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/,
  hex: /^(?:[0-9A-Fa-f]{2})*$/,
} as const;

/**
 * The key bytes of a secret: its UTF-8 text after the given steps, of which only the last may decode.
 * Throws a UsageError, without the secret in it, where a step can't decode what it is given.
 */
export function deriveKey(secret: string, steps: readonly KeyStep[] = []): Uint8Array {
  let text = secret;
  for (const [i, step] of steps.entries()) {
    if (step === 'base64' || step === 'hex') {
      if (i < steps.length - 1) {
        throw new UsageError('BAD_KEY_STEPS', `After ${step} the key is bytes, so ${steps[i + 1]} can't follow it.`);
      }
      return decode(text, step, secret);
    }
    const prefix = step.slice('strip:'.length);
    if (text.startsWith(prefix)) text = text.slice(prefix.length);
  }
  return Buffer.from(text, 'utf8');
}

function decode(text: string, step: 'base64' | 'hex', secret: string): Uint8Array {
  const nothingLeft = text === '' && secret !== '';
  if (nothingLeft || !decoders[step].test(text)) {
    throw new UsageError(
      'BAD_SECRET',
      `The secret is not ${step}, as this provider's secrets are. Check that it was copied whole.`,
    );
  }
  return Buffer.from(text, step);
}
