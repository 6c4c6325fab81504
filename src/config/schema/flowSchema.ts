import * as z from 'zod/mini';
import { readDuration } from '../../core/duration.js';
import type { Capture, OwnFlow, OwnFlowStep } from '../../core/flow.js';
import type { Plain } from '../../core/plain.js';
import { described, keys, optional } from './schemaParts.js';

const text = z.string().check(z.minLength(1, 'is empty.'));

const capture = z.union([text, keys({ json: text }), keys({ header: text })], {
  error: 'a path in the answer, { json } or { header }',
}) as z.ZodMiniType<Capture>;

const step: z.ZodMiniType<OwnFlowStep> = keys({
  send: described(text, 'A provider and an event, such as scalev order.created.'),
  variant: optional(text, 'Another form of the payload.'),
  after: optional(
    z
      .string()
      .check(
        z.refine((written) => readDuration(written) !== undefined, 'must be a duration with its unit, such as 2h.'),
      ),
    'Time since the step before, such as 2h; default: what the samples tell.',
  ),
  set: optional(
    z.record(text, z.json() as unknown as z.ZodMiniType<Plain>),
    'Fields to change, by path; a text may name what earlier steps captured.',
  ),
  unset: optional(z.array(text), 'Paths of fields to remove.'),
  capture: optional(
    z.record(text, capture),
    'Values of the answer for later steps: a path in its JSON, or { header }.',
  ),
});

/** The schema of `OwnFlow`. */
export const ownFlowSchema: z.ZodMiniType<OwnFlow> = keys({
  title: optional(text),
  steps: z.array(step).check(z.minLength(1, 'is an empty list.')),
});
