import { UsageError } from '../../core/errors.js';
import type { Provider } from '../../core/provider.js';
import { hasKeyPair } from '../../core/schemeFacts.js';
import type { Secret } from '../../core/secret.js';
import { type PublicKey, publicKeys } from '../../signing/publicKeys.js';

/** The public keys of a provider's secrets, the current one first. Throws a UsageError for a provider that has none. */
export function publicKeysOf(provider: Provider, secrets: readonly Secret[]): PublicKey[] {
  if (hasKeyPair(provider)) return secrets.flatMap(({ value }) => publicKeys(provider, value));
  const { title, secret } = provider;
  throw new UsageError(
    'NO_PUBLIC_KEY',
    `${title} has no public key: the receiver holds the same secret that signs, the ${secret.label}. Give both the same one, such as in ${secret.env[0]}.`,
  );
}
