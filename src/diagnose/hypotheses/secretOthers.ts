import { type SecretHypothesis, text } from './secretFacts.js';

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
      signature: 'webhook-sim signed this without a secret of yours: give it with --secret or in the environment.',
      computed: 'Your receiver holds the sample secret. Give it the secret of your webhook.',
    },
    variants: ({ provider }) => [text(provider.secret.sample)],
  },
];
