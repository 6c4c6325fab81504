import type { SecretMask } from '../../core/secretMask.js';

/** Writes a value as JSON; no text in it holds a secret that is known, whatever it came from. */
export function writeMasked(value: unknown, secrets: SecretMask): string {
  const json = JSON.stringify(value);
  if (!secrets.isIn(Buffer.from(json))) return json;
  return JSON.stringify(masked(value, secrets));
}

function masked(value: unknown, secrets: SecretMask): unknown {
  if (typeof value === 'string') return secrets.inText(value);
  if (Array.isArray(value)) return value.map((item) => masked(item, secrets));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, masked(member, secrets)]));
}
