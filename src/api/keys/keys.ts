import type { AnyProvider } from '../providers.js';
import type { KeysOptions, KeysResult } from './findKeys.js';

/**
 * The public keys with which a receiver verifies, of a provider that signs with a private key; never the private one. Rejects with a UsageError
 * for a provider that has none.
 */
export async function keys<const P extends AnyProvider>(options: KeysOptions<P>): Promise<KeysResult> {
  const { findKeys } = await import('./findKeys.js');
  return findKeys(options);
}
