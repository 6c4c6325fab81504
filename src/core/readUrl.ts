import { UsageError } from './errors.js';

/**
 * Parses a URL; null where the text is none. `URL.canParse` is no help: once it is optimized, Node 20 and 22 take Latin-1 for UTF-8 in it and reject
 * umlauts.
 */
export function readUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

/** Throws a UsageError for a text that is no address by which a provider could know a receiver; `what` names it in the error. */
export function checkPublicUrl(text: string, what = 'The public URL'): void {
  if (/^https?:\/\/[\x21-\x7e]+$/i.test(text) && readUrl(text) !== null && !text.includes('#')) return;
  throw new UsageError(
    'BAD_URL',
    `${what} is not a URL of http or https. Write the address by which the provider knows the receiver, such as https://example.com/webhooks.`,
  );
}
