import type { ExpectedAnswer } from '../core/attempt.js';
import type { Forgery } from '../core/forgery.js';
import type { Provider } from '../core/provider.js';
import { forgeries } from './forgeries.js';

/** Returns the default expectation for a delivery, or for a forgery. */
export function expectedAnswer(forgery: Forgery | null, provider: Provider): ExpectedAnswer {
  if (forgery === null) return 'accepted';
  return isAdvisory(forgery, provider) ? 'any' : 'rejected';
}

/** Returns the same for a delivery that holds the name of its forgery; null for a true one. */
export function expectedOfNamed(forge: string | null, provider: Provider): ExpectedAnswer {
  if (forge === null) return 'accepted';
  const forgery = forgeries.find(({ name }) => name === forge);
  return forgery ? expectedAnswer(forgery, provider) : 'rejected';
}

/**
 * Returns whether a receiver that accepts a forgery is no less safe for it, so that no answer to it is wrong: only the holder of the secret can make
 * it, or the provider's own verifier accepts it, too.
 */
export function isAdvisory(
  { requires, change }: Pick<Forgery, 'requires' | 'change'>,
  { freshness }: Provider,
): boolean {
  if (requires === 'the secret') return true;
  return freshness?.checked === false && change.stage === 'time' && change.signed;
}
