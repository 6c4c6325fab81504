import type { Provider } from '../core/provider.js';
import { hashNames, type SchemeOptions } from '../core/scheme.js';
import { keyedNames, keyPairKind } from '../core/schemeFacts.js';
import { templateNames } from '../core/template.js';
import { readHeaderTemplates } from './templates.js';

/** The names of the headers that carry signatures, by strength; null where there are not two that differ in it. */
export interface HeadersByStrength {
  readonly stronger: readonly string[];
  readonly weaker: readonly string[];
}

/** Sorts the headers that carry a provider's signatures by the strength of their algorithms. Throws a UsageError for a bad template. */
export function headersByStrength(provider: Provider): HeadersByStrength | null {
  const keyed = keyedNames(provider);
  const carrying = readHeaderTemplates(provider).flatMap(({ name, head, each }) => {
    const names = templateNames([...head, ...each]).filter((part) => keyed.includes(part));
    const strengths = names.flatMap((part) => strengthOf(provider.signatures[part]) ?? []);
    return strengths.length > 0 ? [{ name, strength: Math.max(...strengths) }] : [];
  });
  const best = Math.max(...carrying.map(({ strength }) => strength));
  const stronger = carrying.filter(({ strength }) => strength === best).map(({ name }) => name);
  const weaker = carrying.filter(({ strength }) => strength < best).map(({ name }) => name);
  return weaker.length > 0 ? { stronger, weaker } : null;
}

/** The strength of an algorithm, to be compared with others; null for one that has none. */
export function strengthOf(options: SchemeOptions | undefined): number | null {
  if (!options || options.scheme === 'custom' || options.scheme === 'encoded' || options.scheme === 'crc32')
    return null;
  return (keyPairKind(options) ? hashNames.length : 0) + ('hash' in options ? hashNames.indexOf(options.hash) : 0);
}
