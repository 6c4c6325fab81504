import * as z from 'zod/mini';
import type { Flow, FlowStep } from '../core/flow.js';
import { durationSchema } from './policySchema.js';
import { jsonValue, optional, some, strictKeys } from './schemaParts.js';

const step: z.ZodMiniType<FlowStep> = strictKeys({
  event: some,
  variant: optional(some),
  after: optional(durationSchema),
  same: optional(z.record(some, some)),
  set: optional(z.record(some, jsonValue)),
});

/** The schema of `Flow`. */
export const flowSchema: z.ZodMiniType<Flow> = strictKeys({
  name: z.string().check(z.regex(/^[a-z][a-z0-9-]*$/, 'lower-case letters, digits and - only')),
  title: some,
  steps: z.array(step).check(z.minLength(1, 'is an empty list.')),
});
