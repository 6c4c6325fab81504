import { isIP } from 'node:net';
import { parseTimeLimit } from '../../core/duration.js';
import { WebhookSimError } from '../../core/errors.js';
import { readUrl } from '../../core/readUrl.js';
import { carriesSecret, checkHeader } from '../../delivery/header.js';
import { parseEnvReference, readAddress, readPublicUrl } from '../address.js';

/** Returns the fault of a value, in a sentence; null where there is none. */
export type Check<T> = (value: T) => string | null;

/** The check that a function makes by throwing. */
function unlessThrown<T>(read: (value: T) => unknown): Check<T> {
  return (value) => {
    try {
      read(value);
      return null;
    } catch (error) {
      if (error instanceof WebhookSimError) return error.message;
      throw error;
    }
  };
}

export const checkAddress = unlessThrown((text: string) => {
  const url = new URL(readAddress(text, 'the URL')({ provider: 'provider', event: 'event' }));
  if (url.password !== '') {
    throw new WebhookSimError(
      'PLAIN_SECRET',
      'a password does not belong in a file that is shared. Write headers: { Authorization: env:NAME }.',
    );
  }
});

export const checkPublicAddress = unlessThrown((text: string) => {
  const url = new URL(readPublicUrl(text, 'this')({ provider: 'provider', event: 'event' }));
  if (url.password === '') return;
  throw new WebhookSimError(
    'PLAIN_SECRET',
    'a password does not belong in a file that is shared. Give this address with --public-url.',
  );
});

export const checkTimeLimit = unlessThrown((text: string) => parseTimeLimit(text, 'time limit'));

/** A header, by name and value; a value that its name says is secret must come from the environment. */
export const checkTargetHeader = unlessThrown(([name, value]: readonly [string, string]) => {
  const reference = parseEnvReference(value);
  checkHeader(name, reference === null ? value : '');
  if (reference === null && value !== '' && carriesSecret(name)) {
    throw new WebhookSimError(
      'PLAIN_SECRET',
      'the value of this header is a secret and does not belong in a file that is shared. Write env:NAME.',
    );
  }
});

export const checkProxy: Check<string> = (text) => {
  if (text === 'none') return null;
  const url = readUrl(text);
  if (!url || !/^https?:$/.test(url.protocol)) return 'is not the URL of a proxy. Write http://host:port, or none.';
  if (url.password === '') return null;
  return 'a password does not belong in a file that is shared. Give the proxy with --proxy or in HTTPS_PROXY.';
};

export const checkIp: Check<string> = (text) =>
  isIP(text.replace(/^\[(.*)\]$/, '$1')) ? null : `"${text}" is not an IP address such as 127.0.0.1.`;
