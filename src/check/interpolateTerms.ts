import type { Provider } from '../core/provider.js';
import { describeCarriedSchemes, proofPlace } from './schemeAdvice.js';

/** {header} is where the provider's requests carry their signature, {scheme} is how it is made. */
export function interpolateTerms(provider: Provider, text: string): string {
  return text
    .replaceAll('{header}', () => proofPlace(provider))
    .replaceAll('{scheme}', () => describeCarriedSchemes(provider));
}
