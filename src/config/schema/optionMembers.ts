import * as z from 'zod/mini';
import type { OptionSet, OptionSpec, ValueTypes } from '../../options/option.js';
import { jsonValue, oneOf, optional, secretReference, some, textOrList, whole } from '../../providers/schemaParts.js';
import { address, headers, proxy, publicAddress } from './suiteParts.js';

/** What options of a type look like in a file. */
const ofType: Partial<Record<keyof ValueTypes, (spec: OptionSpec) => z.ZodMiniType>> = {
  switch: () => z.boolean(),
  texts: () => textOrList,
  removals: () => textOrList,
  edits: () => z.record(some, jsonValue),
  headers: () => headers,
  hosts: () => z.record(some, some),
  whole: ({ min = 0, max = Number.MAX_SAFE_INTEGER }) => whole(min, max),
  moment: () => z.union([some, z.number()], { error: 'ISO 8601 or Unix seconds' }),
  choice: ({ choices = [] }) => oneOf(choices),
};

/** The options whose texts a file is reported more of at once. */
const ofKey: Readonly<Record<string, z.ZodMiniType>> = {
  to: address,
  proxy,
  publicUrl: publicAddress,
  secret: z.union([secretReference, z.array(secretReference).check(z.minLength(1, 'is an empty list.'))], {
    error: 'env:NAME, file:PATH or a list of them',
  }),
};

/** The members of an object whose keys are options. */
export function optionMembers<S extends OptionSet>(set: S): { [K in keyof S]: z.ZodMiniExactOptional<z.ZodMiniType> } {
  const members = Object.entries(set).map(([key, spec]) => {
    const schema = ofKey[key] ?? ofType[spec.type]?.(spec) ?? some;
    return [key, optional(schema, inFile(spec.help))];
  });
  return Object.fromEntries(members);
}

/** Help for a command line in the words of a file, where an option is a key and a list says that it is repeated. */
function inFile(help: string): string {
  return help
    .replace(/--([a-z-]+)/g, (_, name: string) => name.replace(/-(.)/g, (__, letter: string) => letter.toUpperCase()))
    .replace(/ ?\(repeatable\)/, '');
}
