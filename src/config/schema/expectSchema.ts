import * as z from 'zod/mini';
import { outcomes } from '../../core/attempt.js';
import type { CaptureSpec } from '../../core/flow.js';
import type { Plain, Same } from '../../core/plain.js';
import { jsonValue, oneOf, optional, refuse, some, strictKeys, whole } from '../../providers/schemaParts.js';
import type { Expectations, Expected, TextMatcher, ValueMatcher } from '../../suite/suite.js';

/** An object that must have something. */
const demanding = <T extends z.ZodMiniType<object>>(schema: T): T =>
  schema.check(
    z.superRefine((found, context) => {
      if (Object.keys(found).length === 0) refuse(context, 'demands nothing.');
    }),
  ) as T;

const textMatcher: z.ZodMiniType<TextMatcher> = demanding(
  strictKeys({
    equals: optional(z.string()),
    contains: optional(z.string()),
    matches: optional(some),
    absent: optional(z.boolean()),
  }),
);

// Branches of one union, not of a nested one, so that the message lists all alternatives.
const status = [some, whole(100, 599)] as const;
const oneStatus = z.union(status, { error: 'a status such as 401 or 2xx' });

const expectations = strictKeys({
  status: optional(
    z.union([...status, z.array(oneStatus).check(z.minLength(1, 'is an empty list.'))], {
      error:
        'a status, a class such as 2xx, or a list; where no answer is to come, write outcome: timed_out, broken or unreachable',
    }),
  ),
  outcome: optional(oneOf(outcomes)),
  header: optional(
    z.record(some, z.union([z.string(), textMatcher], { error: 'a text or { equals, contains, matches, absent }' })),
  ),
  body: optional(
    z.union(
      [
        z.string(),
        demanding(
          strictKeys({
            equals: optional(z.string()),
            contains: optional(z.string()),
            matches: optional(some),
            json: optional(demanding(z.record(some, jsonValue as z.ZodMiniType<Plain | ValueMatcher>))),
          }),
        ),
      ],
      { error: 'a text or { equals, contains, matches, json }' },
    ),
  ),
  maxMs: optional(z.number().check(z.positive('must be more than 0.'))),
  grade: optional(oneOf(['A', 'B', 'C', 'D', 'F'])),
});

/** The schema of `Expected`. */
export const expected = z.union([...status, expectations], {
  error: 'a status or { status, outcome, header, body, maxMs, grade }',
}) as z.ZodMiniType<Expected>;

/** The schema of `Capture`. */
export const capture = z.union(
  [
    some,
    strictKeys({
      json: optional(some),
      header: optional(some),
      matches: optional(some),
      sent: optional(some),
    }).check(
      z.superRefine((found, context) => {
        if (Object.keys(found).length !== 1)
          refuse(context, 'must have exactly one of json, header, matches and sent.');
      }),
    ),
  ],
  { error: 'a path in the answer or one of { json }, { header }, { matches }, { sent }' },
) as unknown as z.ZodMiniType<CaptureSpec>;

// Fails to compile when the schema and the type drift apart.
true satisfies Same<keyof z.output<typeof expectations>, keyof Expectations>;
