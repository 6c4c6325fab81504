import type { Header } from '../core/delivery.js';
import { UsageError } from '../core/errors.js';

/** `http://user:password@host` becomes the URL without them and the header that they stand for, as in a browser. */
export function splitCredentials(text: string): { url: string; credentials: Header[] } {
  const url = new URL(text);
  if (!url.username && !url.password) return { url: url.href, credentials: [] };
  const pair = `${percentDecoded(url.username)}:${percentDecoded(url.password)}`;
  url.username = '';
  url.password = '';
  return { url: url.href, credentials: [['Authorization', `Basic ${Buffer.from(pair).toString('base64')}`]] };
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    throw new UsageError(
      'BAD_TARGET',
      'The user name or password in the URL has a "%" that is not followed by two hex digits. Write %25 for a percent sign.',
      { cause },
    );
  }
}
