import * as z from 'zod';
import { readDuration } from '../core/duration.js';
import type { Capture, OwnFlow, OwnFlowStep } from '../core/flow.js';
import type { Plain } from '../core/plain.js';
import { keys } from './schemaParts.js';

const text = z.string().min(1, 'is empty.');

const capture = z.union([text, keys({ json: text }), keys({ header: text })], {
  error: 'a path in the answer, { json } or { header }',
}) as z.ZodType<Capture>;

const step: z.ZodType<OwnFlowStep> = keys({
  send: text.describe('A provider and an event, such as scalev order.created.'),
  variant: text.exactOptional().describe('Another form of the payload.'),
  after: z
    .string()
    .refine((written) => readDuration(written) !== undefined, 'must be a duration with its unit, such as 2h.')
    .exactOptional()
    .describe('Time since the step before, such as 2h; default: what the samples tell.'),
  set: z
    .record(text, z.json() as unknown as z.ZodType<Plain>)
    .exactOptional()
    .describe('Fields to change, by path; a text may name what earlier steps captured.'),
  unset: z.array(text).exactOptional().describe('Paths of fields to remove.'),
  capture: z
    .record(text, capture)
    .exactOptional()
    .describe('Values of the answer for later steps: a path in its JSON, or { header }.'),
});

/** The schema of `OwnFlow`. */
export const ownFlowSchema: z.ZodType<OwnFlow> = keys({
  title: text.exactOptional(),
  steps: z.array(step).min(1, 'is an empty list.'),
});
