import { UsageError } from '../../../core/errors.js';
import type { Provider } from '../../../core/provider.js';
import type { keyFormats } from '../../../options/keys.js';
import { keySet, type PublicKey } from '../../../signing/publicKeys.js';

export type KeyFormat = (typeof keyFormats)[number];

/** Keys in one form, and nothing else. Throws a UsageError for a form that they do not have. */
export function keyText(format: KeyFormat, keys: readonly PublicKey[], provider: Provider): string {
  if (format === 'jwks') return `${JSON.stringify(keySet(keys), null, 2)}\n`;
  const texts = keys.map((key) => oneText(format, key, provider));
  return [...new Set(texts)].map((text) => `${text.trimEnd()}\n`).join('');
}

function oneText(format: Exclude<KeyFormat, 'jwks'>, key: PublicKey, { title }: Provider): string {
  if (format === 'jwk') return JSON.stringify(key.jwk, null, 2);
  const text = key[format];
  if (text !== null) return text;
  throw new UsageError(
    'BAD_FORMAT',
    `--format: hex is the form of Ed25519 keys, and ${title} signs with ${key.kind === 'rsa' ? 'RSA' : 'ECDSA'}. Write pem, jwk or base64.`,
  );
}

/** Keys in every form that they have, with a word on each, for people. */
export function allKeyTexts(keys: readonly PublicKey[]): string {
  return keys.map(labelled).join('\n');
}

const kinds = { ed25519: 'Ed25519', ec: 'ECDSA, on P-256', rsa: 'RSA' } as const;

function labelled({ signature, kind, pem, base64, hex, jwk, certificate }: PublicKey): string {
  const parts = [
    ...(hex === null ? [] : [['hex', hex]]),
    ['base64, of its DER', base64],
    ['pem', pem],
    ['jwk', JSON.stringify(jwk)],
    ['certificate, signed by itself', certificate],
  ];
  const lines = parts.flatMap(([label, text]) => [
    `  ${label}`,
    ...text!
      .trimEnd()
      .split('\n')
      .map((line) => `    ${line}`),
  ]);
  return `${[`The public key of {${signature}} (${kinds[kind]})`, ...lines].join('\n')}\n`;
}
