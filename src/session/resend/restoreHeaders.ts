import type { Header } from '../../core/delivery.js';
import { UsageError } from '../../core/errors.js';
import { findHeader } from '../../core/headers.js';
import type { LogEntry } from '../../core/logEntry.js';
import { maskOf } from '../../core/mask.js';
import type { NameOf } from '../../options/option.js';
import { keyOf } from './keyOf.js';

/** Where the secret values of a kept delivery's headers are found again. */
export interface HeaderSources {
  /** Those that are given for this resend. */
  readonly typed: readonly Header[];
  /** Of the target: those that its config adds, and that of the user name and password in its URL. */
  readonly ofTarget: readonly Header[];
  /** Made by the provider of the secret; asked only where there is need. */
  readonly made: () => Promise<readonly Header[]>;
  /** True where a value must be the one of then. */
  readonly exact: boolean;
  /** Whether the signature of then covers what a header tells, so that another value needs another signature. */
  readonly isSigned: (name: string) => boolean;
  readonly warn: (line: string) => void;
  readonly nameOf: NameOf;
}

/**
 * The headers of a kept delivery with the secret values in their places; one that was typed empty is left out.
 * Throws a UsageError that names one that is found nowhere.
 */
export async function restoreHeaders(
  kept: LogEntry,
  { typed, ofTarget, made, exact, isSigned, warn, nameOf }: HeaderSources,
): Promise<Header[]> {
  const missing = (name: string, what: string, more = '') => {
    const option = nameOf('header');
    return new UsageError(
      'SECRET_HEADER',
      `The value of the header ${name} of ${keyOf(kept)} ${what}. Give it with ${option} '${name}: …', or leave the header out with ${option} '${name}:'.${more}`,
    );
  };
  const headers: Header[] = [];
  for (const [name, value] of kept.headers) {
    const key = name.toLowerCase();
    const given = findHeader(typed, key);
    if (typeof value === 'string') {
      headers.push([name, value]);
    } else if (given !== undefined) {
      if (given !== '') headers.push([name, given]);
    } else {
      const ofNow = findHeader(ofTarget, key);
      const found = ofNow ?? findHeader(await made(), key);
      if (found === undefined) throw missing(name, 'is secret and was not kept');
      if (maskOf(found) !== value.mask) {
        if (exact) throw missing(name, 'is secret, was not kept, and is another now');
        if (isSigned(key))
          throw missing(name, 'is secret, was not kept, and is signed', ` Or renew both with ${nameOf('secret')}.`);
        warn(`warning: the ${name} of ${keyOf(kept)} is not the one of then. The present one is sent.`);
      }
      headers.push([name, found]);
    }
  }
  return headers;
}
