import type { Delivery } from './delivery.js';

/** The texts of a delivery that are secret: the values of its secret headers, and what stands in those. */
export function secretTexts({ headers, secretHeaders }: Pick<Delivery, 'headers' | 'secretHeaders'>): string[] {
  const secret = headers.filter(([name]) => secretHeaders.includes(name.toLowerCase()));
  return [...new Set(secret.flatMap(([name, value]) => partsOf(name.toLowerCase(), value)))];
}

/** `Basic …` and `Bearer …`: the value, what follows its scheme, and the password that this may hold; of cookies each value. */
function partsOf(name: string, value: string): string[] {
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
