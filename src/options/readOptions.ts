import type { NameOf, OptionSet, OptionSpec, OptionValues, ValueTypes } from './option.js';
import { readers } from './readers.js';

/**
 * Reads a set of options from a command line, a file or a call: texts or values, by key; `nameOf` names each in errors as it was written. Throws a
 * UsageError for the first that is wrong. Unknown keys are left out.
 */
export function readOptions<S extends OptionSet>(
  set: S,
  given: Readonly<Record<string, unknown>>,
  nameOf: NameOf,
): OptionValues<S> {
  const values: [string, unknown][] = [];
  for (const [key, spec] of Object.entries(set)) {
    const value = given[key];
    if (value !== undefined) values.push([key, readOption(spec, value, nameOf(key))]);
  }
  return { ...Object.fromEntries(values), nameOf } as OptionValues<S>;
}

/** Reads the value of one option; `what` names it in the UsageError for one that is wrong. */
function readOption<T extends keyof ValueTypes>(spec: OptionSpec<T>, given: unknown, what: string): ValueTypes[T] {
  return readers[spec.type](given, what, spec);
}

/** The given options over others; each keeps the name by which its user knows it. */
export function withOptions<T extends object>(
  under: Partial<T> & { readonly nameOf: NameOf },
  over: Partial<T> & { readonly nameOf: NameOf },
): T & { readonly nameOf: NameOf } {
  const isUnder = (key: string) => Object.hasOwn(under, key) && !Object.hasOwn(over, key);
  const nameOf: NameOf = (key) => (isUnder(key) ? under : over).nameOf(key);
  return { ...under, ...over, nameOf } as T & { readonly nameOf: NameOf };
}
