import * as z from 'zod/mini';
import { type Bounds, limits } from '../../core/limits.js';
import type { Same } from '../../core/typeTests.js';
import { caseOptionSets, suiteDefaultOptions } from '../../options/suite.js';
import { optional, refuse, some, strictKeys, whole } from '../../providers/schemaParts.js';
import type { Suite, SuiteCase } from '../../suite/suite.js';
import { kindOf, misplacedKeys } from '../../suite/suiteKeys.js';
import { capture, expected } from './expectSchema.js';
import { optionMembers } from './optionMembers.js';
import { address } from './suiteParts.js';

const within = ({ min, max }: Bounds) => whole(min, max);

const suiteCase = strictKeys({
  name: optional(some, 'What reports call it; by default what it does.'),
  send: optional(some, 'A provider and one or more events: scalev order.*'),
  check: optional(some, 'A provider, and perhaps an event.'),
  flow: optional(some, 'A provider and one of its flows, or a flow of the config.'),
  handshake: optional(some, 'A provider, and perhaps some of its handshakes: what it sends before its first event.'),
  disabled: optional(z.union([z.boolean(), some], { error: 'true, or the reason' }), 'True, or why it is not run.'),
  repeat: optional(whole(1, 10_000)),
  ...optionMembers({
    ...caseOptionSets.send,
    ...caseOptionSets.check,
    ...caseOptionSets.flow,
    ...caseOptionSets.handshake,
  }),
  expect: optional(expected, 'What the answer must be like; by default accepted by the provider.'),
  capture: optional(z.record(some, capture), 'Values that later cases name as variables.'),
}).check(
  z.superRefine((found, context) => {
    const kind = kindOf(found as SuiteCase);
    if (kind === null) return refuse(context, 'must have exactly one of send, check, flow and handshake.');
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

/** The JSON Schema of a suite's file, for editors. */
export function suiteJsonSchema(): object {
  return z.toJSONSchema(suiteSchema, { io: 'input' });
}
