import type { UsageError } from '../core/errors.js';
import { unknownName } from '../core/nearest.js';
import type { Provider } from '../core/provider.js';
import { providerInMode } from '../core/providerMode.js';
import { catalogueIndex, catalogueProviders, findShipped } from './catalogue.js';

/** A description that can't be used. */
export interface BrokenProvider {
  /** Its own name, else that of its folder or file. */
  readonly name: string;
  /** False where the name is only that of its folder or file. */
  readonly isNamed: boolean;
  /** The problem with it, with file and place. */
  readonly error: UsageError;
}

/** The providers known in addition to the shipped ones. */
export interface KnownProviders {
  /** A project's own, each of which is meant before one that ships under its name. */
  readonly own?: readonly Provider[];
  readonly broken?: readonly BrokenProvider[];
  /** The mode that a provider is in, by its name. */
  readonly modes?: Readonly<Record<string, ModeChoice>>;
  /** The mode of each provider that is named; it replaces that of the others. */
  readonly mode?: ModeChoice | undefined;
}

/** A mode, and who names it. */
export interface ModeChoice {
  readonly name: string;
  readonly source: string;
}

/**
 * Returns the provider of a name or an alias. Throws a UsageError: for a broken description with its problem, for an unknown name with the nearest
 * ones.
 */
export function findProvider(name: string, known: KnownProviders = {}): Provider {
  const { own = [], broken = [] } = known;
  const wrong = broken.find((each) => each.name === name);
  if (wrong) throw wrong.error;
  const provider = own.find((candidate) => candidate.name === name) ?? findShipped(name);
  if (provider) {
    const choice = known.mode ?? known.modes?.[provider.name];
    return choice ? providerInMode(provider, choice.name, choice.source) : provider;
  }
  const alias = catalogueIndex().find(({ aliases = [] }) => aliases.includes(name.toLowerCase()));
  if (alias) return findProvider(alias.name, known);
  const names = [...own, ...broken].map((candidate) => candidate.name);
  // Any of them may be the one meant.
  const unnamed = broken.filter(({ isNamed }) => !isNamed).map(({ error }) => `${error.message}\n`);
  throw unknownName('UNKNOWN_PROVIDER', `${unnamed.join('')}There is no provider ${name}.`, {
    name,
    known: [...new Set([...names, ...catalogueIndex().flatMap(({ name, aliases = [] }) => [name, ...aliases])])],
    more: 'See: webhook-sim list. Create a custom provider with: webhook-sim provider new',
  });
}

/** Returns all providers that a person can choose: the project's own, then those shipped under other names. */
export function allProviders({ own = [], broken = [] }: KnownProviders): Provider[] {
  const taken = new Set([...own, ...broken].map(({ name }) => name));
  return [...own, ...catalogueProviders().filter(({ name }) => !taken.has(name))];
}
