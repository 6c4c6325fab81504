import type { ProviderDescription } from '../core/providerDescription.js';
import type { Catalogue } from './catalogue.js';

export { defineProvider } from '../config/defineProvider.js';

export { catalogueProviders as listProviders } from '../providers/catalogue.js';

type Known = keyof Catalogue & string;

/** The name of a provider that ships with the package. */
export type ProviderName = [Known] extends [never] ? string : Known;

/** A provider by its name, or a custom one: as `defineProvider` returns it, or `loadProvider` resolves with it. */
export type AnyProvider = ProviderName | ProviderDescription;

type NameOf<Events> = Events extends readonly (infer E extends string)[] ? E : keyof Events & string;

/** The name of an event of a provider; for a provider whose description is not known to TypeScript, any text. */
export type EventName<P extends AnyProvider> = P extends Known
  ? keyof Catalogue[P] & string
  : P extends ProviderDescription
    ? NameOf<P['events']>
    : string;

type VariantOf<Events> = string extends keyof Events
  ? string
  : { [E in keyof Events]: Events[E] extends { readonly variants: infer V } ? keyof V & string : never }[keyof Events];

type OwnVariant<Events> = Events extends readonly (infer E)[] ? (string extends E ? string : never) : VariantOf<Events>;

/** The name of a variant of an event. */
export type VariantName<P extends AnyProvider> = P extends Known
  ? Catalogue[P][keyof Catalogue[P]] & string
  : P extends ProviderDescription
    ? OwnVariant<P['events']>
    : string;
