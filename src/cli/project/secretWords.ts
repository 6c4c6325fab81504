import { fingerprint } from '../../core/fingerprint.js';
import type { Provider } from '../../core/provider.js';
import type { Secret } from '../../core/secret.js';

/** Which secret is used, for people: the sample secret in full, for it is public, any other by source and fingerprint. */
export function describeSecret(secret: Secret, provider: Provider): string {
  if (secret.isSample)
    return `the sample secret "${secret.value}" (give yours with --secret or ${provider.secret.env[0]})`;
  return `the secret of ${secret.source} (fingerprint ${fingerprint(secret.value)})`;
}
