import type { UsageError } from '../core/errors.js';
import type { Provider } from '../core/provider.js';
import { unknownName } from '../core/unknownName.js';
import { exampleNames } from './exampleNames.js';
import { findExample } from './examples.js';

/** A description that can't be used. */
export interface BrokenProvider {
  /** As it says itself, else as its folder or file is named. */
  readonly name: string;
  /** False where the name is only that of its folder or file. */
  readonly isNamed: boolean;
  /** What is wrong with it, with file and place. */
  readonly error: UsageError;
}

/** The providers that can be named, but for the examples. */
export interface KnownProviders {
  readonly providers: readonly Provider[];
  readonly broken?: readonly BrokenProvider[];
}

/** The provider of a name. Throws a UsageError: for one whose description is broken what is wrong with it, for an unknown one the nearest names. */
export function findProvider(name: string, { providers, broken = [] }: KnownProviders): Provider {
  const wrong = broken.find((each) => each.name === name);
  if (wrong) throw wrong.error;
  const provider = providers.find((candidate) => candidate.name === name) ?? findExample(name);
  if (provider) return provider;
  const names = [...providers, ...broken].map((candidate) => candidate.name);
  // Any of them may be the one that is meant.
  const unnamed = broken.filter(({ isNamed }) => !isNamed).map(({ error }) => `${error.message}\n`);
  throw unknownName('UNKNOWN_PROVIDER', `${unnamed.join('')}There is no provider ${name}.`, {
    name,
    known: [...new Set([...names, ...exampleNames])],
    more: 'See: webhook-sim list. Describe one of your own with: webhook-sim provider new',
  });
}
