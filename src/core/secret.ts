import type { Delivery } from './delivery.js';
import { secretsInAddress } from './secretParameters.js';

/** A reference to a secret: `env:NAME` or `file:PATH`, relative to the folder of the file that holds it. Never the secret itself. */
export type SecretReference = `env:${string}` | `file:${string}`;

/** A secret, with its source for the user to recognize it; the value itself is never printed. */
export interface Secret {
  readonly value: string;
  /** `--secret`, `env:SCALEV_SIGNING_SECRET`, `file:./secret.txt`, `sample`. */
  readonly source: string;
  /** True for the provider's invented sample secret. */
  readonly isSample: boolean;
}

/** Returns the secret texts of a delivery: the values of its secret headers, the secrets in those, and the values of its secret parameters. */
export function secretTexts({
  headers,
  secretHeaders,
  url,
  secretParameters,
}: Pick<Delivery, 'headers' | 'secretHeaders' | 'url' | 'secretParameters'>): string[] {
  const secret = headers.filter(([name]) => secretHeaders.includes(name.toLowerCase()));
  const inAddress = secretParameters.length > 0 ? secretsInAddress(url, secretParameters) : [];
  return [
    ...new Set([...secret.flatMap(([name, value]) => splitHeaderValue(name.toLowerCase(), value)), ...inAddress]),
  ];
}

/**
 * Returns the secret parts of a header: of `Basic …` and `Bearer …` the value, the credentials after the scheme, and their password; of cookies each
 * value.
 */
function splitHeaderValue(name: string, value: string): string[] {
  if (name === 'cookie') return [value, ...value.split(';').map((pair) => pair.replace(/^[^=]*=/, '').trim())];
  const [, scheme, credentials] = /^(\S+) +(\S.*)$/.exec(value) ?? [];
  if (scheme === undefined || credentials === undefined) return [value];
  return scheme.toLowerCase() === 'basic' ? [value, credentials, passwordIn(credentials)] : [value, credentials];
}

function passwordIn(credentials: string): string {
  return Buffer.from(credentials, 'base64')
    .toString()
    .replace(/^[^:]*:/, '');
}

/** Returns the shell variable for the secret value of a header or a query parameter. */
export function variableFor(name: string): string {
  return name
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '_')
    .replace(/^(?=\d)/, '_');
}
