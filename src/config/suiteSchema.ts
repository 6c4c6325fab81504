import * as z from 'zod';
import { type Outcome, outcomes } from '../core/outcome.js';
import type {
  Capture,
  Expectations,
  Expected,
  Plain,
  Suite,
  SuiteCase,
  TextMatcher,
  ValueMatcher,
} from '../suite/suite.js';
import { kindOf, misplacedKeys } from '../suite/suiteKeys.js';
import { keys, refuse, secretReference } from './schemaParts.js';

const some = z.string().min(1, 'is empty.');
const plain = z.json() as unknown as z.ZodType<Plain>;
const list = z.union([some, z.array(some).min(1, 'is an empty list.')], { error: 'text or a list of texts' });
const whole = (least: number, most: number) =>
  z.number().int('must be a whole number.').min(least, `is less than ${least}.`).max(most, `is more than ${most}.`);

const textMatcher: z.ZodType<TextMatcher> = keys({
  equals: z.string().exactOptional(),
  contains: z.string().exactOptional(),
  matches: some.exactOptional(),
  absent: z.boolean().exactOptional(),
}).superRefine((found, context) => {
  if (Object.keys(found).length === 0) refuse(context, 'demands nothing.');
});

const status = z.union([some, whole(100, 599)], { error: 'a status such as 401 or 2xx' });

const expectations = keys({
  status: z
    .union([status, z.array(status).min(1, 'is an empty list.')], { error: 'a status, a class such as 2xx, or a list' })
    .exactOptional(),
  outcome: z.enum(outcomes as [Outcome, ...Outcome[]]).exactOptional(),
  header: z
    .record(some, z.union([z.string(), textMatcher], { error: 'a text or { equals, contains, matches, absent }' }))
    .exactOptional(),
  body: z
    .union(
      [
        z.string(),
        keys({
          equals: z.string().exactOptional(),
          contains: z.string().exactOptional(),
          matches: some.exactOptional(),
          json: z.record(some, plain as z.ZodType<Plain | ValueMatcher>).exactOptional(),
        }),
      ],
      { error: 'a text or { equals, contains, matches, json }' },
    )
    .exactOptional(),
  maxMs: z.number().positive('must be more than 0.').exactOptional(),
  grade: z.enum(['A', 'B', 'C', 'D', 'F']).exactOptional(),
});

const expected = z.union([status, expectations], {
  error: 'a status or { status, outcome, header, body, maxMs, grade }',
}) as z.ZodType<Expected>;

const capture = z.union(
  [some, keys({ json: some }), keys({ header: some }), keys({ matches: some }), keys({ sent: some })],
  { error: 'a path in the answer or one of { json }, { header }, { matches }, { sent }' },
) as z.ZodType<Capture>;

const time = z.union([some, z.number()], { error: 'ISO 8601 or Unix seconds' });

const shared = {
  secret: z
    .union([secretReference, z.array(secretReference).min(1, 'is an empty list.')], {
      error: 'env:NAME, file:PATH or a list of them',
    })
    .exactOptional(),
  timeout: some.exactOptional(),
  variant: some.exactOptional(),
  header: z.record(some, z.string()).exactOptional(),
  seed: whole(0, Number.MAX_SAFE_INTEGER).exactOptional(),
  now: time.exactOptional(),
  insecure: z.boolean().exactOptional(),
  cacert: some.exactOptional(),
  cert: some.exactOptional(),
  key: some.exactOptional(),
  proxy: some.exactOptional(),
  unixSocket: some.exactOptional(),
  resolve: z.record(some, some).exactOptional(),
};

const sending = {
  set: z.record(some, plain).exactOptional(),
  unset: list.exactOptional(),
  data: some.exactOptional(),
  raw: some.exactOptional(),
  forge: some.exactOptional(),
  bodyStyle: some.exactOptional(),
  fresh: z.enum(['ids', 'all']).exactOptional(),
  exact: z.boolean().exactOptional(),
  count: whole(1, 100_000_000).exactOptional(),
  concurrency: whole(1, 1000).exactOptional(),
};

const checking = {
  only: list.exactOptional(),
  skip: list.exactOptional(),
  allEvents: z.boolean().exactOptional(),
  yes: z.boolean().exactOptional(),
  budget: some.exactOptional(),
};

const suiteCase = keys({
  name: some.exactOptional().describe('What reports call it; by default what it does.'),
  send: some.exactOptional().describe('A provider and one or more events: scalev order.*'),
  check: some.exactOptional().describe('A provider, and perhaps an event.'),
  disabled: z
    .union([z.boolean(), some], { error: 'true, or the reason' })
    .exactOptional()
    .describe('True, or why it is not run.'),
  repeat: whole(1, 10_000).exactOptional(),
  to: some.exactOptional(),
  ...shared,
  ...sending,
  ...checking,
  expect: expected.exactOptional().describe('What the answer must be like; by default accepted by the provider.'),
  capture: z.record(some, capture).exactOptional().describe('Values that later cases name as variables.'),
}).superRefine((found, context) => {
  const kind = kindOf(found as SuiteCase);
  if (kind === null) return refuse(context, 'must have exactly one of send and check.');
  for (const [key, message] of misplacedKeys(found as SuiteCase, kind)) refuse(context, message, [key]);
});

const suite = keys({
  $schema: z.string().exactOptional().describe('The JSON Schema of this file, for editors.'),
  target: some.exactOptional().describe('Where cases go: a name of the targets of the config, an address, or demo.'),
  vars: z
    .record(some, z.union([z.string(), z.number(), z.boolean()], { error: 'a text, a number, true or false' }))
    .exactOptional()
    .describe('Variables, which texts name in braces after a dollar sign; env:NAME is read from the environment.'),
  defaults: keys({ ...shared, expect: expected.exactOptional() })
    .exactOptional()
    .describe('What all cases have that do not say otherwise.'),
  concurrency: whole(1, 1000).exactOptional().describe('Cases under way at once; by default one.'),
  cases: z.array(suiteCase).min(1, 'is an empty list.'),
});

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** The schema of `Suite`. */
export const suiteSchema = suite as unknown as z.ZodType<Suite>;

// Fails to compile when the schema and the type drift apart.
true satisfies Same<keyof z.output<typeof suite>, keyof Suite>;
true satisfies Same<keyof z.output<typeof suiteCase>, keyof SuiteCase>;
true satisfies Same<keyof z.output<typeof expectations>, keyof Expectations>;

/** The JSON Schema of a suite's file, for editors. */
export function suiteJsonSchema(): object {
  return z.toJSONSchema(suiteSchema, { io: 'input' });
}
