import type { Provider } from '../../core/provider.js';
import type { Secret } from '../../core/secret.js';
import type { Hypothesis, Variant } from '../hypothesis.js';

/** Another secret in the place of the right one. */
export const secretOthers: readonly SecretHypothesis[] = [
  {
    name: 'secret-other',
    title: 'another secret of yours: that of {detail}',
    change: {
      signature:
        'The provider signs with that secret: an old one, or that of another endpoint. Give your receiver the secret of this webhook; while it is rotated, accept both.',
      computed:
        'Your receiver still holds that secret: an old one, or that of another endpoint. Give it the current one.',
    },
    variants: ({ others }) =>
      others.map((secret) => ({ value: { text: secret.value, of: secret }, detail: secret.source })),
  },
  {
    name: 'secret-sample',
    title: "webhook-sim's public sample secret",
    change: {
      signature:
        'webhook-sim signed this without a secret of yours: give it with {option:secret} or in the environment.',
      computed: 'Your receiver holds the sample secret. Give it the secret of your webhook.',
    },
    variants: ({ provider }) => [textVariant(provider.secret.sample)],
  },
];

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
export const textVariant = (value: string, detail?: string): Variant<SecretMaterial> => ({
  value: { text: value },
  ...(detail !== undefined && { detail }),
});

/** Key bytes as they are. */
export const keyVariant = (bytes: Uint8Array, detail?: string): Variant<SecretMaterial> => ({
  value: { key: bytes },
  ...(detail !== undefined && { detail }),
});
