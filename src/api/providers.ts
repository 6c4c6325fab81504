import type { Provider } from '../core/provider.js';
import type { ProviderDescription } from '../core/providerDescription.js';
import type { ExampleName } from '../providers/exampleNames.js';
import { builtInProviders } from '../providers/registry.js';

export { defineProvider } from '../config/defineProvider.js';

/** The providers that ship with the package, described as data: headers, signatures, events, identities, policy. */
export const providers: readonly Provider[] = builtInProviders;

type BuiltIn = (typeof builtInProviders)[number];

/** The name of a provider that ships with the package, in full or as an example. */
export type ProviderName = BuiltIn['name'] | ExampleName;

/** A provider by its name, or one of your own: as `defineProvider` returns it, or `loadProvider` resolves with it. */
export type AnyProvider = ProviderName | ProviderDescription;

type EventsOf<P extends AnyProvider> = (P extends BuiltIn['name']
  ? Extract<BuiltIn, { readonly name: P }>
  : P extends ProviderDescription
    ? P
    : ProviderDescription)['events'];

type NameOf<Events> = Events extends readonly (infer E extends string)[] ? E : keyof Events & string;

/** The name of an event of a provider; for a provider whose description is not known to TypeScript, any text. */
export type EventName<P extends AnyProvider> = NameOf<EventsOf<P>>;

type VariantOf<Events> = string extends keyof Events
  ? string
  : { [E in keyof Events]: Events[E] extends { readonly variants: infer V } ? keyof V & string : never }[keyof Events];

/** The name of a variant of an event. */
export type VariantName<P extends AnyProvider> =
  EventsOf<P> extends readonly (infer E)[] ? (string extends E ? string : never) : VariantOf<EventsOf<P>>;
