import * as z from 'zod';
import { timeShape } from '../core/time.js';
import { keys } from './keys.js';

export const identityKinds = [
  'uuid4',
  'uuid4hex',
  'uuid7',
  'hex',
  'letters',
  'capitals',
  'alphanumeric',
  'base64url',
  'digits',
  'nanoseconds',
  'code',
] as const;

const writtenTimeSchema = z.enum(['iso-seconds', 'iso-millis', 'iso-micros', 'sql-micros']);

export const timeKindSchema = z.enum([...writtenTimeSchema.options, 'unix-seconds', 'unix-millis']);

const writtenTimes = writtenTimeSchema.options.map(timeShape);
const timeLiteral = z
  .string()
  .regex(new RegExp(`^(?:${writtenTimes.join('|')})$`), 'is not a time as the samples write it.');

const identity = z
  .strictObject({
    kind: z.enum(identityKinds),
    literal: z.string().min(1).exactOptional(),
    path: z.string().min(1).exactOptional(),
    prefix: z.string().min(1).exactOptional(),
    pattern: z.string().min(1).exactOptional(),
    at: timeLiteral.exactOptional(),
    zone: z
      .string()
      .regex(/^[+-]\d{2}:\d{2}$/, 'is not a UTC offset such as +07:00.')
      .exactOptional(),
    deduplicates: z.boolean().exactOptional(),
  })
  .refine((found) => (found.literal === undefined) !== (found.path === undefined), 'needs either literal or path.')
  .refine((found) => found.prefix === undefined || found.path !== undefined, 'has a prefix, which goes with a path.')
  .refine(
    (found) => (found.kind === 'code') === (found.pattern !== undefined),
    'needs a pattern for the kind code, and for no other.',
  );

/** The schema of `Story`. */
export const storySchema = keys({
  name: z.string().min(1),
  title: z.string().min(1),
  events: z.array(z.string()).min(1),
  identities: z.array(identity),
  times: z.array(writtenTimeSchema),
  eventTime: z.array(z.string()),
});
