import { UsageError } from '../core/errors.js';
import type { KeyStep } from '../core/scheme.js';

const decoders = {
  base64: /^[A-Za-z0-9+/]*={0,2}$/,
  hex: /^(?:[0-9A-Fa-f]{2})*$/,
} as const;

/**
 * The key bytes of a secret: its UTF-8 text after the given steps.
 * Throws a UsageError, without the secret in it, where a step can't decode what it is given.
 */
export function deriveKey(secret: string, steps: readonly KeyStep[] = []): Uint8Array {
  let text = secret;
  for (const step of steps) {
    if (step === 'base64' || step === 'hex') {
      if (!decoders[step].test(text)) {
        throw new UsageError(
          'BAD_SECRET',
          `The secret is not ${step}, as this provider's secrets are. Check that it was copied whole.`,
        );
      }
      return Buffer.from(text, step);
    }
    const prefix = step.slice('strip:'.length);
    if (text.startsWith(prefix)) text = text.slice(prefix.length);
  }
  return Buffer.from(text, 'utf8');
}
