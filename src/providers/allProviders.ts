import type { Provider } from '../core/provider.js';
import { catalogueProviders } from './catalogue.js';
import type { KnownProviders } from './findProvider.js';

/** All providers that a person can choose among: a project's own, then those that ship and that none of them takes the name of. */
export function allProviders({ own = [], broken = [] }: KnownProviders): Provider[] {
  const taken = new Set([...own, ...broken].map(({ name }) => name));
  return [...own, ...catalogueProviders().filter(({ name }) => !taken.has(name))];
}
