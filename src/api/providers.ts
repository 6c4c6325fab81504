import type { Provider } from '../core/provider.js';
import { builtInProviders } from '../providers/registry.js';

/** The providers that ship with the package, described as data: headers, signatures, events, stories, policy. */
export const providers: readonly Provider[] = builtInProviders;

type BuiltIn = (typeof builtInProviders)[number];

/** The name of a provider that ships with the package. */
export type ProviderName = BuiltIn['name'];

/** A provider by its name, or one of your own as `defineProvider` returns it. */
export type AnyProvider = ProviderName | Provider;

type Described<P extends AnyProvider> = P extends ProviderName ? Extract<BuiltIn, { readonly name: P }> : P;

/** The name of an event of a provider; for a provider that is only known as `Provider`, any text. */
export type EventName<P extends AnyProvider> = keyof Described<P>['events'] & string;

/** The name of a variant of an event. */
export type VariantName<P extends AnyProvider> = {
  [E in keyof Described<P>['events']]: Described<P>['events'][E] extends { readonly variants: infer V }
    ? keyof V & string
    : never;
}[keyof Described<P>['events']];

/** Returns a provider of your own as it is; with its types, so that `event` takes only names of its events. */
export function defineProvider<const P extends Provider>(provider: P): P {
  return provider;
}
