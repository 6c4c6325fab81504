import * as z from 'zod';
import { readDuration } from '../core/duration.js';
import { parseStatusRule } from '../core/status.js';
import { keys } from './keys.js';

/** A duration such as `5s`. */
export const durationSchema = z
  .string()
  .refine((text) => readDuration(text) !== undefined, 'must be a duration with its unit, such as 500ms, 5s or 1m.');

/** A status rule such as `2xx`. */
export const statusRuleSchema = z.string().refine(isStatusRule, 'must be a status rule such as 2xx, 401 or 200,204.');

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
  return keys({ value, certainty: certaintySchema, source: z.string().min(1) });
}

const facts = {
  timeLimit: durationSchema,
  success: statusRuleSchema,
  retry: keys({ max: z.int().min(0), delays: z.array(durationSchema).nullable() }),
  resend: z.array(z.enum(['times', 'values', 'signature', 'body'])),
  disabling: keys({
    afterConsecutiveFailures: z.int().min(1),
    counts: z.enum(['attempts', 'deliveries']).nullable(),
    per: z.enum(['endpoint', 'event']),
    by: z.enum(['disabling', 'circuit']),
  }),
};

const timeLimit = fact(facts.timeLimit).nullable();
const success = fact(facts.success);

/** The schema of `Policy`. */
export const policySchema = keys({
  timeLimit,
  success,
  retry: fact(facts.retry).nullable(),
  resend: fact(facts.resend),
  disabling: fact(facts.disabling).nullable(),
});

/** The schema of `PolicyDescription`: facts, or their values alone. */
export const policyDescriptionSchema = keys({
  timeLimit: z
    .union([facts.timeLimit, fact(facts.timeLimit)])
    .nullable()
    .exactOptional(),
  success: z.union([facts.success, fact(facts.success)]).exactOptional(),
  retry: z
    .union([facts.retry, fact(facts.retry)])
    .nullable()
    .exactOptional(),
  resend: z.union([facts.resend, fact(facts.resend)]).exactOptional(),
  disabling: z
    .union([facts.disabling, fact(facts.disabling)])
    .nullable()
    .exactOptional(),
});

/** The schema of `EventPolicy`. */
export const eventPolicySchema = keys({
  timeLimit: timeLimit.exactOptional(),
  success: success.exactOptional(),
});
