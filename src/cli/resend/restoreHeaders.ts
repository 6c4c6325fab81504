import type { Header } from '../../core/delivery.js';
import { UsageError } from '../../core/errors.js';
import { masked } from '../../report/requestFacts.js';
import type { Kept } from '../log/kept.js';
import { keyOf } from './keyOf.js';

/** Where the secret values of a kept delivery's headers are found again. */
export interface HeaderSources {
  /** Typed with `-H`. */
  readonly typed: readonly Header[];
  /** Of the target: those that its config adds, and that of the user name and password in its URL. */
  readonly ofTarget: readonly Header[];
  /** Made by the provider of the secret; asked only where there is need. */
  readonly made: () => Promise<readonly Header[]>;
  /** True where a value must be the one of then. */
  readonly exact: boolean;
  readonly warn: (line: string) => void;
}

/**
 * The headers of a kept delivery with the secret values in their places; where one was typed, that goes in later.
 * Throws a UsageError that names one that is found nowhere.
 */
export async function restoreHeaders(
  kept: Kept,
  { typed, ofTarget, made, exact, warn }: HeaderSources,
): Promise<Header[]> {
  const named = (headers: readonly Header[], wanted: string) =>
    headers.find(([name]) => name.toLowerCase() === wanted)?.[1];
  const restored = async ([name, value]: Header): Promise<Header> => {
    const key = name.toLowerCase();
    if (!kept.secretHeaders.includes(key) || named(typed, key) !== undefined) return [name, value];
    const found = named(ofTarget, key) ?? named(await made(), key);
    if (found === undefined) throw missing(kept, name, 'is secret and was not kept');
    if (masked(found) === value) return [name, found];
    if (exact) throw missing(kept, name, 'is secret, was not kept, and is another now');
    warn(`warning: the ${name} of ${keyOf(kept)} is not the one of then. The present one is sent.`);
    return [name, found];
  };
  const headers: Header[] = [];
  for (const header of kept.headers) headers.push(await restored(header));
  return headers;
}

function missing(kept: Kept, name: string, what: string): UsageError {
  return new UsageError(
    'SECRET_HEADER',
    `The value of the header ${name} of ${keyOf(kept)} ${what}. Give it with -H '${name}: …', or leave the header out with -H '${name}:'.`,
  );
}
