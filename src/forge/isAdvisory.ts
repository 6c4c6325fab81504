import type { Forgery } from '../core/forgery.js';
import type { Provider } from '../core/provider.js';

/**
 * Whether a receiver that accepts a forgery is no less safe for it, so that no answer to it is wrong: only the holder of the secret can make
 * it, or the provider's own verifier accepts it, too.
 */
export function isAdvisory(
  { requires, change }: Pick<Forgery, 'requires' | 'change'>,
  { freshness }: Provider,
): boolean {
  if (requires === 'the secret') return true;
  return freshness?.checked === false && change.stage === 'time' && change.signed;
}
