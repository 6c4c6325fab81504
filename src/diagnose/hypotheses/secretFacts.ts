import type { Provider } from '../../core/provider.js';
import type { Secret } from '../../core/secret.js';
import type { Hypothesis, Variant } from '../hypothesis.js';

/** A secret that hypotheses change, and whose it is. */
export interface SecretFacts {
  readonly text: string;
  readonly provider: Provider;
  /** Other secrets of the user's: further ones that were given, and those of the provider's other variables. */
  readonly others: readonly Secret[];
  /** The environment variables that may hold it. */
  readonly variables: readonly string[];
}

/** A text that goes the provider's way from secret to key, or key bytes as they are. */
export type SecretMaterial = { readonly text: string; readonly of?: Secret } | { readonly key: Uint8Array };

export type SecretHypothesis = Hypothesis<SecretFacts, SecretMaterial>;

/** A text that goes the provider's way from secret to key. */
export const text = (value: string, detail?: string): Variant<SecretMaterial> => ({
  value: { text: value },
  ...(detail !== undefined && { detail }),
});

/** Key bytes as they are. */
export const key = (bytes: Uint8Array, detail?: string): Variant<SecretMaterial> => ({
  value: { key: bytes },
  ...(detail !== undefined && { detail }),
});
