import * as z from 'zod';
import { outcomes } from '../core/outcome.js';
import type { Capture, Expectations, Expected, Plain, TextMatcher, ValueMatcher } from '../suite/suite.js';
import { keys, refuse } from './schemaParts.js';
import { oneOf, plain, some, whole } from './suiteParts.js';

/** An object that must have something. */
const demanding = <T extends z.ZodType<object>>(schema: T): T =>
  schema.superRefine((found, context) => {
    if (Object.keys(found).length === 0) refuse(context, 'demands nothing.');
  }) as T;

const textMatcher: z.ZodType<TextMatcher> = demanding(
  keys({
    equals: z.string().exactOptional(),
    contains: z.string().exactOptional(),
    matches: some.exactOptional(),
    absent: z.boolean().exactOptional(),
  }),
);

// Branches of one union and not of one in another: so the message tells all that may stand there.
const status = [some, whole(100, 599)] as const;
const oneStatus = z.union(status, { error: 'a status such as 401 or 2xx' });

const expectations = keys({
  status: z
    .union([...status, z.array(oneStatus).min(1, 'is an empty list.')], {
      error: 'a status, a class such as 2xx, or a list',
    })
    .exactOptional(),
  outcome: oneOf(outcomes).exactOptional(),
  header: z
    .record(some, z.union([z.string(), textMatcher], { error: 'a text or { equals, contains, matches, absent }' }))
    .exactOptional(),
  body: z
    .union(
      [
        z.string(),
        demanding(
          keys({
            equals: z.string().exactOptional(),
            contains: z.string().exactOptional(),
            matches: some.exactOptional(),
            json: demanding(z.record(some, plain as z.ZodType<Plain | ValueMatcher>)).exactOptional(),
          }),
        ),
      ],
      { error: 'a text or { equals, contains, matches, json }' },
    )
    .exactOptional(),
  maxMs: z.number().positive('must be more than 0.').exactOptional(),
  grade: oneOf(['A', 'B', 'C', 'D', 'F']).exactOptional(),
});

/** The schema of `Expected`. */
export const expected = z.union([...status, expectations], {
  error: 'a status or { status, outcome, header, body, maxMs, grade }',
}) as z.ZodType<Expected>;

/** The schema of `Capture`. */
export const capture = z.union(
  [
    some,
    keys({
      json: some.exactOptional(),
      header: some.exactOptional(),
      matches: some.exactOptional(),
      sent: some.exactOptional(),
    }).superRefine((found, context) => {
      if (Object.keys(found).length !== 1) refuse(context, 'must have exactly one of json, header, matches and sent.');
    }),
  ],
  { error: 'a path in the answer or one of { json }, { header }, { matches }, { sent }' },
) as unknown as z.ZodType<Capture>;

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

// Fails to compile when the schema and the type drift apart.
true satisfies Same<keyof z.output<typeof expectations>, keyof Expectations>;
