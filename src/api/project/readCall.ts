import { UsageError } from '../../core/errors.js';
import type { OptionSet, OptionValues } from '../../options/option.js';
import { readOptions } from '../../options/readOptions.js';
import { assertOptions, callName } from '../assertOptions.js';
import { assertNoReference, clockAt, type HeadersInput, readHeaderPairs } from '../settings.js';

/** The options of a call that the command writes in another form. */
interface Given {
  readonly secret?: unknown;
  readonly header?: unknown;
  readonly now?: unknown;
  readonly to?: unknown;
  readonly publicUrl?: unknown;
}

/**
 * Reads the options of a call by the set of the command that does the same; `others` are those that only the call has. Throws a UsageError for
 * the first that is wrong, and for one that there is not.
 */
export function readCall<S extends OptionSet>(set: S, others: readonly string[], given: object): OptionValues<S> {
  assertOptions(given, callKeys(set, others));
  const { header, now, secret, ...rest } = given as Given;
  if ('secret' in given) assertNoSecretText(secret);
  const texts = Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [key, value instanceof URL ? value.href : value]),
  );
  const values = readOptions(set, { ...texts, ...(secret !== undefined && { secret }) }, callName);
  return {
    ...values,
    ...(header !== undefined && { header: readHeaderPairs(header as HeadersInput) }),
    ...(now !== undefined && { now: clockAt(now as Date)() }),
  };
}

function assertNoSecretText(secret: unknown): void {
  const values = [secret].flat();
  if (values.length === 0) assertNoReference('');
  for (const value of values) {
    assertNoReference(value as string);
    if (value === '-') throw new UsageError('BAD_SECRET', `${callName('secret')}: give the secret itself.`);
  }
}

/** All that a call knows: a set of options, and the names of those that only it has. */
export function callKeys(set: OptionSet, others: readonly string[]): object {
  return { ...set, ...Object.fromEntries(others.map((key) => [key, true])) };
}

/** A set of options without some of them. */
export function omitOptions<S extends OptionSet, K extends keyof S & string>(set: S, names: readonly K[]): Omit<S, K> {
  return Object.fromEntries(Object.entries(set).filter(([key]) => !(names as readonly string[]).includes(key))) as Omit<
    S,
    K
  >;
}

/** Freezes a result and its lists; what happened is as it was given. */
export function freezeResult<T extends object>(result: T): Readonly<T> {
  for (const value of Object.values(result)) if (Array.isArray(value)) Object.freeze(value);
  return Object.freeze(result);
}
