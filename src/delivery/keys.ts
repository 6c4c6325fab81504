import type { ForgeryChange } from '../core/forgery.js';
import type { Provider } from '../core/provider.js';
import type { Secret } from '../core/secret.js';
import type { SigningKey } from '../signing/keyMaterial.js';
import { anotherKey, lenientKey, signingKey } from '../signing/signingKey.js';

/** The secrets' texts as templates see them, and for each signature the key of each secret. */
export interface Keys {
  readonly secrets: readonly string[];
  readonly keys: ReadonlyMap<string, readonly SigningKey[]>;
}

/** Derives the keys of a provider's signatures; a forgery of the secret puts false ones in their place. */
export function readKeys(provider: Provider, given: readonly Secret[], change: ForgeryChange | null): Keys {
  const forged = change?.stage === 'secret' ? change.with : null;
  const secrets = given.map(({ value }) => falseText(forged, value, provider.secret.sample));
  const keys = Object.entries(provider.signatures).map(([name, options]): [string, SigningKey[]] => [
    name,
    given.map(({ value }, at) => {
      if (forged === 'another' || change?.stage === 'foreign key') return anotherKey(options, value);
      if (typeof forged === 'object' && forged !== null)
        return forged.isKey ? Buffer.from(forged.text) : lenientKey(options, forged.text);
      return signingKey(options, secrets[at]!);
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
