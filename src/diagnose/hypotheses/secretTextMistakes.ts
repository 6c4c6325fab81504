import { type SecretHypothesis, textVariant } from './secretFacts.js';

const knownPrefixes = ['whsec_', 'sk_test_', 'sk_live_', 'sk_', 'whsk_', 'secret_', 'v1,', 'Bearer ', 'sha256='];
const outer = /^[\s\u200b\ufeff\0]+|(?<![\s\u200b\ufeff\0])[\s\u200b\ufeff\0]+$/g;

/** The text of the secret with more, less or other characters. */
export const secretTextMistakes: readonly SecretHypothesis[] = [
  {
    name: 'secret-trimmed',
    title: 'the secret without the white space around it',
    change: {
      signature:
        'Your secret has white space around it (often the newline at the end of a file). Trim it: secret.trim().',
      computed:
        'Your receiver trims its secret, and the provider does not: compare the stored secret character by character.',
    },
    variants: ({ text: secret }) => [textVariant(secret.replace(outer, ''))],
  },
  {
    name: 'secret-newline',
    title: 'the secret with {detail}',
    change: {
      signature: 'The secret at the provider was saved with {detail}. Save it again without.',
      computed:
        "Your receiver's secret has {detail}, as echo, kubectl and secret files add: trim it, or write it with printf %s.",
    },
    variants: ({ text: secret }) => [
      textVariant(`${secret}\n`, 'a newline after it'),
      textVariant(`${secret}\r\n`, 'CRLF after it'),
      textVariant(`${secret}\r`, 'a carriage return after it'),
      textVariant(`${secret} `, 'a space after it'),
      textVariant(` ${secret}`, 'a space before it'),
    ],
  },
  {
    name: 'secret-unquoted',
    title: 'the secret without the quotes around it',
    change: {
      signature: 'The quotes are not part of the secret: remove them (docker --env-file and systemd keep them).',
      computed: 'Your receiver strips quotes that are part of the secret. Keep it as it is.',
    },
    variants: ({ text: secret }) => {
      const inner = /^\s*(["'`])(.+)\1\s*$/s.exec(secret)?.[2];
      return inner === undefined ? [] : [textVariant(inner)];
    },
  },
  {
    name: 'secret-quoted',
    title: 'the secret in {detail}',
    change: {
      signature: 'The secret at the provider was saved with its quotes. Save it again without.',
      computed:
        "Your receiver's secret has quotes around it: docker --env-file and systemd keep them. Remove them there.",
    },
    variants: ({ text: secret }) => [
      textVariant(`"${secret}"`, 'double quotes'),
      textVariant(`'${secret}'`, 'single quotes'),
    ],
  },
  {
    name: 'secret-prefix-removed',
    title: 'the secret without its prefix ({detail})',
    change: {
      signature: 'What stands before the secret is not part of the key: cut it off ({detail}).',
      computed: 'Your receiver cuts the prefix off ({detail}); {provider} keeps it. Use the secret as it is shown.',
    },
    variants: ({ text: secret }) => [
      ...knownPrefixes
        .filter((prefix) => secret.startsWith(prefix))
        .map((prefix) => textVariant(secret.slice(prefix.length), prefix.trim())),
      ...(/^[A-Z][A-Z0-9_]*=/.test(secret) ? [textVariant(secret.slice(secret.indexOf('=') + 1), 'NAME=')] : []),
      ...(secret.includes('_')
        ? [textVariant(secret.slice(secret.lastIndexOf('_') + 1), 'up to its last underscore')]
        : []),
    ],
  },
  {
    name: 'secret-prefix-added',
    title: 'the secret with {detail} before it',
    change: {
      signature: '{detail} is part of the secret: copy it whole.',
      computed: 'Your receiver puts {detail} before the secret. Use the secret as it is shown.',
    },
    variants: ({ text: secret, provider }) => {
      const usual = /^(?:[a-z]+_)+/.exec(provider.secret.sample)?.[0];
      return [...new Set([...(usual ? [usual] : []), 'whsec_'])]
        .filter((prefix) => !secret.startsWith(prefix))
        .map((prefix) => textVariant(prefix + secret, prefix));
    },
  },
  {
    name: 'secret-lower-case',
    title: 'the secret in lower case',
    change: {
      signature: 'The secret is in lower case: copy it again.',
      computed: "Your receiver's secret was made lower case. Keep its letter case.",
    },
    variants: ({ text: secret }) => [textVariant(secret.toLowerCase())],
  },
  {
    name: 'secret-upper-case',
    title: 'the secret in upper case',
    change: {
      signature: 'The secret is in upper case: copy it again.',
      computed: "Your receiver's secret was made upper case. Keep its letter case.",
    },
    variants: ({ text: secret }) => [textVariant(secret.toUpperCase())],
  },
  {
    name: 'secret-cut',
    title: 'the secret {detail}',
    change: {
      signature: 'The sender lost a part of the secret: {detail}. Quote it there.',
      computed:
        'Your receiver lost a part of the secret: {detail}. Put it in single quotes, in the .env file or the shell that sets it.',
    },
    variants: ({ text: secret }) => [
      ...['#', '$', ' ', '"', '=', '&'].flatMap((char) =>
        secret.indexOf(char) > 0
          ? [textVariant(secret.slice(0, secret.indexOf(char)), `cut off at its first "${char}"`)]
          : [],
      ),
      textVariant(secret.replace(/\$\w+/g, ''), 'without what the shell took for a variable ($…)'),
      textVariant(secret.replaceAll('\\', ''), 'without its backslashes'),
      textVariant(secret.slice(0, -1), 'without its last character'),
      textVariant(secret.slice(1), 'without its first character'),
    ],
  },
];
