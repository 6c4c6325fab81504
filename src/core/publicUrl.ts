import { UsageError } from './errors.js';

/** Throws a UsageError for what is no address by which a provider could know a receiver; `what` names it there. */
export function checkPublicUrl(text: string, what = 'The public URL'): void {
  if (/^https?:\/\/[\x21-\x7e]+$/i.test(text) && URL.canParse(text) && !text.includes('#')) return;
  throw new UsageError(
    'BAD_URL',
    `${what} is not a URL of http or https. Write the address by which the provider knows the receiver, such as https://example.com/webhooks.`,
  );
}
