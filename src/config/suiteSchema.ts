import * as z from 'zod';
import { flowOrders } from '../core/flow.js';
import type { Suite, SuiteCase } from '../suite/suite.js';
import { kindOf, misplacedKeys } from '../suite/suiteKeys.js';
import { capture, expected } from './expectSchema.js';
import { keys, refuse, secretReference } from './schemaParts.js';
import { address, headers, list, oneOf, plain, proxy, some, whole } from './suiteParts.js';

const time = z.union([some, z.number()], { error: 'ISO 8601 or Unix seconds' });

const shared = {
  secret: z
    .union([secretReference, z.array(secretReference).min(1, 'is an empty list.')], {
      error: 'env:NAME, file:PATH or a list of them',
    })
    .exactOptional(),
  timeout: some.exactOptional(),
  variant: some.exactOptional(),
  header: headers.exactOptional(),
  seed: whole(0, Number.MAX_SAFE_INTEGER).exactOptional(),
  now: time.exactOptional(),
  insecure: z.boolean().exactOptional(),
  cacert: some.exactOptional(),
  cert: some.exactOptional(),
  key: some.exactOptional(),
  proxy: proxy.exactOptional(),
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
  fresh: oneOf(['ids', 'all']).exactOptional(),
  exact: z.boolean().exactOptional(),
  count: whole(1, 100_000_000).exactOptional(),
  concurrency: whole(1, 1000).exactOptional(),
  retry: z.boolean().exactOptional(),
  schedule: some.exactOptional(),
  speed: some.exactOptional(),
  duplicate: whole(1, 100).exactOptional(),
  fault: some.exactOptional(),
};

const telling = {
  order: oneOf(flowOrders).exactOptional(),
  drop: list.exactOptional(),
  jitter: some.exactOptional(),
  probe: some.exactOptional(),
  orders: z.boolean().exactOptional(),
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
  flow: some.exactOptional().describe('A provider and one of its flows, or a flow of the config.'),
  disabled: z
    .union([z.boolean(), some], { error: 'true, or the reason' })
    .exactOptional()
    .describe('True, or why it is not run.'),
  repeat: whole(1, 10_000).exactOptional(),
  to: address.exactOptional(),
  ...shared,
  ...sending,
  ...checking,
  ...telling,
  expect: expected.exactOptional().describe('What the answer must be like; by default accepted by the provider.'),
  capture: z.record(some, capture).exactOptional().describe('Values that later cases name as variables.'),
}).superRefine((found, context) => {
  const kind = kindOf(found as SuiteCase);
  if (kind === null) return refuse(context, 'must have exactly one of send, check and flow.');
  for (const [key, message] of misplacedKeys(found as SuiteCase, kind)) refuse(context, message, [key]);
});

const suite = keys({
  $schema: z.string().exactOptional().describe('The JSON Schema of this file, for editors.'),
  target: address.exactOptional().describe('Where cases go: a name of the targets of the config, an address, or demo.'),
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

/** The JSON Schema of a suite's file, for editors. */
export function suiteJsonSchema(): object {
  return z.toJSONSchema(suiteSchema, { io: 'input' });
}
