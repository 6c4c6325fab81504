import type { ProviderDescription } from '../core/providerDescription.js';

type Leaf = string | number | boolean | null | undefined | readonly unknown[] | ((...given: never[]) => unknown);
type KeysOf<A> = A extends unknown ? keyof A : never;
type MemberOf<A, K> = A extends unknown ? (K extends keyof A ? A[K] : never) : never;

/** The given type with unknown keys turned into errors: TypeScript does not check excess properties of inferred types. */
export type KnownKeys<Given, Allowed> = Given extends Leaf
  ? Given
  : { readonly [K in keyof Given]: K extends KeysOf<Allowed> ? KnownKeys<Given[K], MemberOf<Allowed, K>> : never };

/**
 * Returns a custom provider as it is; with its types, so that `event` takes only names of its events. A key that no description has does not
 * compile.
 */
export function defineProvider<const P extends ProviderDescription>(
  provider: P & KnownKeys<P, ProviderDescription>,
): P {
  return provider;
}
