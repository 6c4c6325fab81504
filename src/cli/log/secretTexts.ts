import type { Delivery } from '../../core/delivery.js';

/** Shorter texts than this stand in any body by chance. */
const shortest = 6;

/** All texts of a delivery that are secret: the given secrets, the values of its secret headers, and what stands in those. */
export function secretTexts({ headers, secretHeaders }: Delivery, secrets: readonly string[]): string[] {
  const values = headers.filter(([name]) => secretHeaders.includes(name.toLowerCase())).map(([, value]) => value);
  return [...new Set([...secrets, ...values.flatMap(partsOf)])].filter((text) => text.length >= shortest);
}

/** `Basic …` and `Bearer …`: the value, what follows its scheme, and the password that this may hold. */
function partsOf(value: string): string[] {
  const [, scheme, credentials] = /^(\S+) +(\S.*)$/.exec(value) ?? [];
  if (scheme === undefined || credentials === undefined) return [value];
  if (scheme.toLowerCase() !== 'basic') return [value, credentials];
  const password = Buffer.from(credentials, 'base64')
    .toString()
    .replace(/^[^:]*:/, '');
  return [value, credentials, password];
}

/** Whether bytes hold any of the texts. */
export function holdsAny(bytes: Uint8Array, texts: readonly string[]): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return texts.some((text) => buffer.includes(text));
}

/** The bytes with a mark in place of each of the texts. */
export function without(bytes: Uint8Array, texts: readonly string[]): Buffer {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (!holdsAny(buffer, texts)) return buffer;
  const longestFirst = [...texts].sort((a, b) => b.length - a.length);
  const cleaned = longestFirst.reduce(
    (text, secret) => text.replaceAll(Buffer.from(secret).toString('latin1'), '(secret)'),
    buffer.toString('latin1'),
  );
  return Buffer.from(cleaned, 'latin1');
}
