import { UsageError } from '../core/errors.js';
import { unknownName } from '../core/nearest.js';
import { directRoute, type NamedRoute, type Route } from '../core/route.js';

/** The names of the options of a type: one too few or too many does not compile. */
export type OptionKeys<T> = Readonly<Record<keyof T, true>>;

/** Spells an option as a call does: `options.publicUrl`. */
export const callName = (key: string): string => `options.${key}`;

/** The spelling of a call's option `route`, with the names that its messages use. */
export function namedRoute(route: Partial<Route> = {}): Partial<NamedRoute> {
  const keyOf = (key: string) => (key === 'cacert' ? 'ca' : key);
  const isWay = (key: string) => Object.hasOwn(directRoute, keyOf(key));
  return { ...route, nameOf: (key) => callName(isWay(key) ? `route.${keyOf(key)}` : key) };
}

/** Throws a UsageError for options that are no object, and for one that is no key of `known`. */
export function assertOptions(given: unknown, known: object): asserts given is object {
  if (typeof given !== 'object' || given === null) {
    throw new UsageError('BAD_OPTIONS', 'The options have to be an object, such as { provider: "github" }.');
  }
  assertKnown(given, known, callName);
  const { route } = given as { readonly route?: unknown };
  if (typeof route === 'object' && route !== null) {
    assertKnown(route, directRoute, (key) => callName(`route.${key}`));
  }
}

function assertKnown(given: object, known: object, nameOf: (key: string) => string): void {
  const unknown = Object.keys(given).find((key) => !Object.hasOwn(known, key));
  if (unknown === undefined) return;
  throw unknownName('UNKNOWN_OPTION', `There is no ${nameOf(unknown)}.`, { name: unknown, known: Object.keys(known) });
}
