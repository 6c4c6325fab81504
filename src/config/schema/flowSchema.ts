import * as z from 'zod/mini';
import { readDuration } from '../../core/duration.js';
import type { OwnFlow, OwnFlowStep } from '../../core/flow.js';
import { described, jsonValue, optional, some, strictKeys } from '../../providers/schemaParts.js';
import { capture } from './expectSchema.js';

const step: z.ZodMiniType<OwnFlowStep> = strictKeys({
  send: described(some, 'A provider and an event, such as scalev order.created.'),
  variant: optional(some, 'Another form of the payload.'),
  after: optional(
    z
      .string()
      .check(
        z.refine((written) => readDuration(written) !== undefined, 'must be a duration with its unit, such as 2h.'),
      ),
    'Time since the step before, such as 2h; default: what the samples tell.',
  ),
  set: optional(z.record(some, jsonValue), 'Fields to change, by path; a text may name what earlier steps captured.'),
  unset: optional(z.array(some), 'Paths of fields to remove.'),
  capture: optional(
    z.record(some, capture),
    'Values of the answer for later steps: a path in its JSON, { header } or { matches }, or { sent }.',
  ),
});

/** The schema of `OwnFlow`. */
export const ownFlowSchema: z.ZodMiniType<OwnFlow> = strictKeys({
  title: optional(some),
  steps: z.array(step).check(z.minLength(1, 'is an empty list.')),
});
