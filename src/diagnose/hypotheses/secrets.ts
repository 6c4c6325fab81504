import { secretCodings } from './secretCodings.js';
import { keyVariant, type SecretHypothesis, secretOthers, textVariant } from './secretFacts.js';
import { secretTextMistakes } from './secretTextMistakes.js';

/** No secret, or a placeholder for one that was never set. */
const secretAbsent: readonly SecretHypothesis[] = [
  {
    name: 'secret-unset',
    title: 'no secret: {detail}',
    change: {
      signature:
        'The sender had no secret when it signed: {detail}. Set it there, and make it exit at start-up when it is missing.',
      computed:
        'Your receiver has no secret: {detail}. Is the variable set where it runs, and its .env file read before? Reject to start without one.',
    },
    variants: () =>
      ['', 'undefined', 'null', 'None', 'nil', 'false', '[object Object]'].map((value) => {
        const detail = value === '' ? 'the empty text' : `the text "${value}"`;
        return value === '' ? keyVariant(new Uint8Array(), detail) : keyVariant(Buffer.from(value), detail);
      }),
  },
  {
    name: 'secret-name',
    title: 'the name of a variable, {detail}, in place of its value',
    change: {
      signature: 'The sender signed with the name {detail}. Read the variable.',
      computed: "Your receiver's secret is the text {detail}: read the variable of that name.",
    },
    variants: ({ variables }) =>
      variables.flatMap((name) => [name, `$${name}`, `\${${name}}`].map((value) => textVariant(value, value))),
  },
  {
    name: 'secret-placeholder',
    title: 'the placeholder "{detail}"',
    alone: true,
    change: {
      signature: 'The sender signed with a placeholder of some example. Give it the secret.',
      computed: 'Your receiver holds a placeholder of some example. Give it the secret.',
    },
    variants: () =>
      ['secret', 'your-secret', 'your_secret', 'your_webhook_secret', 'changeme', 'test', 'whsec_test', 'password'].map(
        (value) => textVariant(value, value),
      ),
  },
];

/** Keys that may have been used in place of the secret, the likeliest first. */
export const secrets: readonly SecretHypothesis[] = [
  ...secretOthers,
  ...secretTextMistakes,
  ...secretCodings,
  ...secretAbsent,
];
