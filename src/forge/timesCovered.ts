import type { Provider } from '../core/provider.js';
import { type Covered, coveredBy } from '../signing/covered.js';
import { type CarriedProofs, proofsOf } from './carried.js';

/** The times among a provider's values that what is covered holds: by name, or in a field that is reported. */
export function timesCovered(provider: Provider, covered: Covered, sentNames: CarriedProofs['sentNames']): string[] {
  const inCovered = new Set(
    sentNames.flatMap(({ name, path }) =>
      path !== null && (covered.bytes || covered.fields === 'sorted' || covered.fields.includes(path)) ? name : [],
    ),
  );
  const times = Object.keys(provider.values).filter((name) => provider.values[name]!.kind === 'time');
  return times.filter((name) => covered.names.has(name) || inCovered.has(name));
}

/** Whether one of the signatures that a provider sends tells no time, so that who verifies that one alone can't look at it. */
export function hasTimelessSignature(provider: Provider): boolean {
  const { sentNames, signatures } = proofsOf(provider);
  return sentNames.some(({ name }) => {
    const options = provider.signatures[name];
    if (!options || !signatures.includes(options)) return false;
    const covered = coveredBy(provider, (signature) => signature.options === options);
    return timesCovered(provider, covered, sentNames).length === 0;
  });
}
