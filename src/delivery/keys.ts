import type { ForgeryChange } from '../core/forgery.js';
import type { Provider } from '../core/provider.js';
import type { Secret } from '../core/secret.js';
import { deriveKey } from '../signing/key.js';

/** The secrets' texts as templates see them, and for each signature the key of each secret. */
export interface Keys {
  readonly secrets: readonly string[];
  readonly keys: ReadonlyMap<string, readonly Uint8Array[]>;
}

/** Derives the keys of a provider's signatures; a forgery of the secret puts false ones in their place. */
export function readKeys(provider: Provider, given: readonly Secret[], change: ForgeryChange | null): Keys {
  const forged = change?.stage === 'secret' ? change.with : null;
  const secrets = given.map(({ value }) => falseText(forged, value, provider.secret.sample));
  const keys = Object.entries(provider.signatures).map(([name, options]): [string, Uint8Array[]] => [
    name,
    given.map(({ value }, at) => {
      if (options.scheme !== 'hmac') return new Uint8Array();
      if (forged === 'another') return flipped(deriveKey(value, options.key));
      if (typeof forged === 'object' && forged !== null) return Buffer.from(forged.text);
      return deriveKey(secrets[at]!, options.key);
    }),
  ]);
  return { secrets, keys: new Map(keys) };
}

function falseText(
  forged: (ForgeryChange & { stage: 'secret' })['with'] | null,
  secret: string,
  sample: string,
): string {
  if (forged === null) return secret;
  if (forged === 'sample') return sample;
  return forged === 'another' ? `another-${secret}` : forged.text;
}

/** A key that differs in one bit; appended bytes would not do, for HMAC pads keys with zeros. */
function flipped(key: Uint8Array): Uint8Array {
  const other = Buffer.from(key.length > 0 ? key : [0]);
  other[0] = other[0]! ^ 1;
  return other;
}
