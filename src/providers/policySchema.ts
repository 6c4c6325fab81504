import * as z from 'zod';
import { readDuration } from '../core/duration.js';
import { parseStatusRule } from '../core/status.js';

/** A duration such as `5s`. */
export const durationSchema = z
  .string()
  .refine((text) => readDuration(text) !== undefined, 'not a duration such as 500ms, 5s or 1m');

/** A status rule such as `2xx`. */
export const statusRuleSchema = z.string().refine(isStatusRule, 'not a status rule such as 2xx, 401 or 200,204');

function isStatusRule(text: string): boolean {
  try {
    parseStatusRule(text, 'rule');
    return true;
  } catch {
    return false;
  }
}

export const certaintySchema = z.enum(['documented', 'observed', 'inferred', 'placeholder']);

function fact<T extends z.ZodType>(value: T) {
  return z.strictObject({ value, certainty: certaintySchema, source: z.string().min(1) });
}

const success = fact(statusRuleSchema);
const timeLimit = fact(durationSchema).nullable();

/** The schema of `Policy`. */
export const policySchema = z.strictObject({
  timeLimit,
  success,
  retry: fact(z.strictObject({ max: z.int().min(0), delays: z.array(durationSchema).nullable() })).nullable(),
  resend: fact(z.array(z.enum(['times', 'values', 'signature', 'body']))),
  disabling: fact(
    z.strictObject({
      afterConsecutiveFailures: z.int().min(1),
      counts: z.enum(['attempts', 'deliveries']).nullable(),
      per: z.enum(['endpoint', 'event']),
      by: z.enum(['disabling', 'circuit']),
    }),
  ).nullable(),
});

/** The schema of `EventPolicy`. */
export const eventPolicySchema = z.strictObject({
  timeLimit: timeLimit.exactOptional(),
  success: success.exactOptional(),
});
