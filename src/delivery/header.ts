import type { Header } from '../core/delivery.js';
import { UsageError } from '../core/errors.js';
import { holdsMask } from '../core/fingerprint.js';

/** Headers that HTTP itself or the transport decides. */
const reserved = [
  'content-length',
  'transfer-encoding',
  'connection',
  'keep-alive',
  'upgrade',
  'expect',
  'te',
  'trailer',
];

const secretName = /^(authorization|proxy-authorization|cookie)$|token|secret|password|api-?key|credential/i;

/** Returns whether a header of this name is taken to carry a secret, whatever its value. */
export function carriesSecret(name: string): boolean {
  return secretName.test(name);
}

/**
 * Reads `Name: value` as a user writes it; an empty value means "leave that header out"; `what` names the option. Throws a UsageError, without the
 * value in it, for a header that can't be sent.
 */
export function parseHeader(text: string, what: string): Header {
  const colon = text.indexOf(':');
  if (colon < 1) {
    throw new UsageError('BAD_HEADER', `A ${what} has no name and colon. Write ${what} 'Name: value'.`);
  }
  const name = text.slice(0, colon).trim();
  const value = text.slice(colon + 1).trim();
  checkHeader(name, value);
  return [name, value];
}

/** Throws a UsageError for a header that can't go on the wire. */
export function checkHeader(name: string, value: string): void {
  if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name)) {
    throw new UsageError(
      'BAD_HEADER',
      `"${name.slice(0, 60)}" is not a header name: it may hold letters, digits and - only.`,
    );
  }
  if (reserved.includes(name.toLowerCase())) {
    throw new UsageError('BAD_HEADER', `The header ${name} is set by HTTP itself and can't be given.`);
  }
  assertNoMask(name, value);
  if (/[^\t\x20-\x7e\x80-\xff]/.test(value)) {
    throw new UsageError(
      'BAD_HEADER',
      `The value of the header ${name} holds a character that HTTP does not allow (a line break, a control character, or one outside Latin-1).`,
    );
  }
}

/** Throws a UsageError for a value that outputs show in place of a secret. */
export function assertNoMask(name: string, value: string): void {
  if (!holdsMask(value)) return;
  throw new UsageError(
    'MASKED_VALUE',
    `The value of the header ${name} is what outputs show in place of a secret. Give the real one, or leave the header out.`,
  );
}

/** The headers with the user's own put in: in place of one of the same name, else at the end; an empty value removes. */
export function withOwnHeaders(headers: readonly Header[], own: readonly Header[]): Header[] {
  const result = [...headers];
  const given = new Set<string>();
  for (const [name, value] of own) {
    const key = name.toLowerCase();
    const at = given.has(key) ? -1 : result.findIndex(([existing]) => existing.toLowerCase() === key);
    const replacement: Header[] = value === '' ? [] : [[name, value]];
    if (at >= 0) result.splice(at, 1, ...replacement);
    else result.push(...replacement);
    given.add(key);
  }
  return result;
}
