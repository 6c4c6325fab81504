import { createHash } from 'node:crypto';

/** The log's replacement for a value that carries a secret. No request is made of it. */
export interface MaskedValue {
  readonly mask: string;
}

/** Returns the replacement, in outputs, for a value that carries a secret. */
export function formatMask(value: string): string {
  return `(secret ${fingerprint(value)})`;
}

const mask = /\(secret(?: [0-9a-f]{8})?\)/;
const maskOnly = new RegExp(`^${mask.source}$`);

/** Returns whether a text is nothing but a mask. */
export function isMask(text: string): boolean {
  return maskOnly.test(text.trim());
}

/** Returns whether a text holds a mask, also in a text that is encoded for a URL. */
export function holdsMask(text: string): boolean {
  return mask.test(
    text
      .replace(/%28/gi, '(')
      .replace(/%29/gi, ')')
      .replace(/%20|\+/g, ' '),
  );
}

/** Returns eight hex digits that distinguish secrets without revealing them. */
export function fingerprint(secret: string): string {
  return createHash('sha256').update('webhook-sim fingerprint\0').update(secret).digest('hex').slice(0, 8);
}
