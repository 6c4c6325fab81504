import type { Provider } from '../core/provider.js';
import { exampleProviders } from './examples.js';
import type { KnownProviders } from './findProvider.js';

/** All providers that a person can choose among: those that are known, then the examples that none of them takes the name of. */
export function allProviders({ providers, broken = [] }: KnownProviders): Provider[] {
  const taken = new Set([...providers, ...broken].map(({ name }) => name));
  return [...providers, ...exampleProviders().filter(({ name }) => !taken.has(name))];
}
