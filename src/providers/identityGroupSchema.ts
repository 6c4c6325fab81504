import * as z from 'zod/mini';
import { identityKinds } from '../core/identity.js';
import { countedTimeKinds, timeShape, writtenTimeKinds } from '../core/time.js';
import { optional, some, strictKeys } from './schemaParts.js';

/** Kinds of identities that a provider's values may have, too. */
export const valueKinds = identityKinds.filter((kind) => kind !== 'nanoseconds');

export const timeKindSchema = z.enum([...writtenTimeKinds, ...countedTimeKinds]);

const sampleTimeSchema = z.union([
  timeKindSchema,
  strictKeys({ format: z.enum(countedTimeKinds), as: z.literal('text') }),
]);

/** The schema of a UTC offset. */
export const zoneSchema = z.string().check(z.regex(/^[+-]\d{2}:\d{2}$/, 'is not a UTC offset such as +07:00.'));

const writtenTimes = writtenTimeKinds.map(timeShape);
const timeLiteral = z
  .string()
  .check(z.regex(new RegExp(`^(?:${writtenTimes.join('|')})$`), 'is not a time as the samples write it.'));

const identity = z
  .strictObject({
    kind: z.enum(identityKinds),
    literal: optional(some),
    path: optional(some),
    prefix: optional(some),
    pattern: optional(some),
    at: optional(timeLiteral),
    zone: optional(zoneSchema),
    deduplicates: optional(z.boolean()),
  })
  .check(
    z.refine((found) => (found.literal === undefined) !== (found.path === undefined), 'needs either literal or path.'),
    z.refine(
      (found) => found.prefix === undefined || found.path !== undefined,
      'has a prefix, which goes with a path.',
    ),
    z.refine(
      (found) => (found.kind === 'code') === (found.pattern !== undefined),
      'needs a pattern for the kind code, and for no other.',
    ),
  );

/** The schema of `IdentityGroup`. */
export const identityGroupSchema = strictKeys({
  name: some,
  title: some,
  events: optional(z.array(z.string()).check(z.minLength(1, 'is an empty list.'))),
  ids: z.array(identity),
  times: z.array(sampleTimeSchema),
  now: optional(timeLiteral),
  eventTime: z.array(z.string()),
});
