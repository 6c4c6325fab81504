import type { Fact } from './fact.js';
import type { Policy } from './policy.js';
import type { EventSpec, Provider, SecretSpec, VariantSpec } from './provider.js';
import type { HeaderSpec, SchemeDescription } from './scheme.js';

/** A fact, or only its value where its source need not be named. */
type Stated<T> = T | (T extends Fact<infer V> ? V : never);

/** A custom event; all that is absent follows from its name. */
export type EventDescription = Partial<Omit<EventSpec, 'variants'>> & {
  readonly variants?: Readonly<Record<string, Partial<VariantSpec>>>;
};

/** A custom policy; all that is absent is as with most providers. */
export type PolicyDescription = { readonly [K in keyof Policy]?: Stated<Policy[K]> };

/** The keys that a description can leave out. */
type Usual =
  | 'title'
  | 'docs'
  | 'defaultEvent'
  | 'method'
  | 'values'
  | 'signatures'
  | 'dialect'
  | 'verifiesOver'
  | 'eventAt'
  | 'identities';

/**
 * A provider as its own company describes it: a name, headers and events are enough, and all else is as with most providers.
 * `completeProvider` makes a `Provider` of it.
 */
export interface ProviderDescription
  extends Omit<Provider, Usual | 'secret' | 'headers' | 'events' | 'policy'>,
    Partial<Pick<Provider, Exclude<Usual, 'signatures'>>> {
  readonly signatures?: Readonly<Record<string, SchemeDescription>>;
  /** URL or path of the JSON Schema, for editors. */
  readonly $schema?: string;
  readonly secret?: Partial<SecretSpec>;
  /** Pairs, or an object, in the order and letter case in which they go on the wire. */
  readonly headers: readonly HeaderSpec[] | Readonly<Record<string, HeaderSpec[1]>>;
  /** Names, or an object with the facts about each. */
  readonly events: readonly string[] | Readonly<Record<string, EventDescription>>;
  readonly policy?: PolicyDescription;
}
