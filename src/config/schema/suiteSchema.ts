import * as z from 'zod/mini';
import { type Bounds, limits } from '../../core/limits.js';
import type { Same } from '../../core/plain.js';
import { variablesIn } from '../../core/variables.js';
import type { OptionSet, OptionSpec, ValueTypes } from '../../options/option.js';
import { caseOptionSets, suiteDefaultOptions } from '../../options/suite.js';
import {
  jsonValue,
  oneOf,
  optional,
  refuse,
  secretReference,
  some,
  strictKeys,
  textOrList,
  whole,
} from '../../providers/schemaParts.js';
import type { Suite, SuiteCase } from '../../suite/suite.js';
import { kindOf, misplacedKeys } from '../../suite/suiteKeys.js';
import { type Check, checkProxy, checkPublicAddress, checkTargetHeader } from './checks.js';
import { capture, expected } from './expectSchema.js';

/** Defers a check of a text with variables until their values are known. */
const unlessVariable =
  (check: Check<string>): Check<string> =>
  (value) =>
    variablesIn(value).length > 0 ? null : check(value);

/** The name or address of a target. */
const address = some.check(z.superRefine((value, context) => refuse(context, unlessVariable(checkPassword)(value))));

function checkPassword(value: string): string | null {
  if (!/^([a-z][a-z0-9+.-]*:\/\/)?[^/?#@:]*:[^/?#]*@/i.test(value)) return null;
  return 'a password does not belong in a file that is shared. Write header: { Authorization: env:NAME }.';
}

/** The address by which a provider knows a receiver. */
const publicAddress = some.check(
  z.superRefine((value, context) => refuse(context, unlessVariable(checkPublicAddress)(value))),
);

/** Headers to send. */
const headers = z.record(some, z.string()).check(
  z.superRefine((found, context) => {
    for (const [name, value] of Object.entries(found)) {
      const known = variablesIn(value).length > 0 ? '' : value;
      refuse(context, checkTargetHeader([name, known]), [name]);
    }
  }),
);

/** The URL of a proxy, or `none`. */
const proxy = some.check(z.superRefine((value, context) => refuse(context, unlessVariable(checkProxy)(value))));

/** The schemas of option types in a file. */
const ofType: Partial<Record<keyof ValueTypes, (spec: OptionSpec) => z.ZodMiniType>> = {
  switch: () => z.boolean(),
  texts: () => textOrList,
  removals: () => textOrList,
  edits: () => z.record(some, jsonValue),
  headers: () => headers,
  hosts: () => z.record(some, some),
  pairs: () => z.record(some, secretReference),
  whole: ({ min = 0, max = Number.MAX_SAFE_INTEGER }) => whole(min, max),
  moment: () => z.union([some, z.number()], { error: 'ISO 8601 or Unix seconds' }),
  share: () => z.union([some, z.number()], { error: 'a percentage' }),
  latencyLimits: () => textOrList,
  faultShares: () => textOrList,
  stages: () => textOrList,
  choice: ({ choices = [] }) => oneOf(choices),
};

/** The options whose texts are checked further in a file. */
const ofKey: Readonly<Record<string, z.ZodMiniType>> = {
  to: address,
  proxy,
  publicUrl: publicAddress,
  secret: z.union([secretReference, z.array(secretReference).check(z.minLength(1, 'is an empty list.'))], {
    error: 'env:NAME, file:PATH or a list of them',
  }),
};

/** The members of an object whose keys are options. */
function optionMembers<S extends OptionSet>(set: S): { [K in keyof S]: z.ZodMiniExactOptional<z.ZodMiniType> } {
  const members = Object.entries(set).map(([key, spec]) => {
    const schema = ofKey[key] ?? ofType[spec.type]?.(spec) ?? some;
    return [key, optional(schema, adaptHelp(spec.help))];
  });
  return Object.fromEntries(members);
}

/** Help for a command line in the words of a file, where an option is a key and a list says that it is repeated. */
function adaptHelp(help: string): string {
  return help
    .replace(/--([a-z-]+)/g, (_, name: string) => name.replace(/-(.)/g, (__, letter: string) => letter.toUpperCase()))
    .replace(/ ?\(repeatable\)/, '');
}

const within = ({ min, max }: Bounds) => whole(min, max);

const suiteCase = strictKeys({
  name: optional(some, 'What reports call it; by default what it does.'),
  send: optional(some, 'A provider and one or more events: scalev order.*'),
  check: optional(some, 'A provider, and perhaps an event.'),
  flow: optional(some, 'A provider and one of its flows, or a flow of the config.'),
  handshake: optional(some, 'A provider, and perhaps some of its handshakes: what it sends before its first event.'),
  load: optional(some, 'A provider and its events, with weights: github push=3 release.published'),
  disabled: optional(z.union([z.boolean(), some], { error: 'true, or the reason' }), 'True, or why it is not run.'),
  repeat: optional(whole(1, 10_000)),
  ...optionMembers({
    ...caseOptionSets.send,
    ...caseOptionSets.check,
    ...caseOptionSets.flow,
    ...caseOptionSets.handshake,
    ...caseOptionSets.load,
  }),
  expect: optional(expected, 'What the answer must be like; by default accepted by the provider.'),
  capture: optional(z.record(some, capture), 'Values that later cases name as variables.'),
}).check(
  z.superRefine((found, context) => {
    const kind = kindOf(found as SuiteCase);
    if (kind === null) return refuse(context, 'must have exactly one of send, check, flow, handshake and load.');
    for (const [key, message] of misplacedKeys(found as SuiteCase, kind)) refuse(context, message, [key]);
  }),
);

const suite = strictKeys({
  $schema: optional(z.string(), 'The JSON Schema of this file, for editors.'),
  target: optional(address, 'Where cases go: a name of the targets of the config, an address, or demo.'),
  vars: optional(
    z.record(some, z.union([z.string(), z.number(), z.boolean()], { error: 'a text, a number, true or false' })),
    'Variables, which texts name in braces after a dollar sign; env:NAME is read from the environment.',
  ),
  defaults: optional(
    strictKeys({ ...optionMembers(suiteDefaultOptions), expect: optional(expected) }),
    'What all cases have that do not say otherwise.',
  ),
  concurrency: optional(within(limits.concurrency), 'Number of concurrent cases; 1 by default.'),
  cases: z.array(suiteCase).check(z.minLength(1, 'is an empty list.')),
});

/** The schema of `Suite`. */
export const suiteSchema = suite as unknown as z.ZodMiniType<Suite>;

// Fails to compile when the schema and the type drift apart.
true satisfies Same<keyof z.output<typeof suite>, keyof Suite>;
true satisfies Same<keyof z.output<typeof suiteCase>, keyof SuiteCase>;
