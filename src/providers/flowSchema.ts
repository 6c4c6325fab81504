import * as z from 'zod';
import { readDuration } from '../core/duration.js';
import type { Flow, FlowStep } from '../core/flow.js';
import type { Plain } from '../core/plain.js';
import { keys } from './keys.js';

const text = z.string().min(1);

const step: z.ZodType<FlowStep> = keys({
  event: text,
  variant: text.exactOptional(),
  after: z
    .string()
    .refine(
      (written) => readDuration(written) !== undefined,
      'must be a duration with its unit, such as 500ms, 5s or 1m.',
    )
    .exactOptional(),
  same: z.record(text, text).exactOptional(),
  set: z.record(text, z.json() as unknown as z.ZodType<Plain>).exactOptional(),
});

/** The schema of `Flow`. */
export const flowSchema: z.ZodType<Flow> = keys({
  name: z.string().regex(/^[a-z][a-z0-9-]*$/, 'lower-case letters, digits and - only'),
  title: text,
  steps: z.array(step).min(1),
});
