import * as z from 'zod/mini';
import { readDuration } from '../core/duration.js';
import { parseFailureRule } from '../core/failure.js';
import type { Flow, FlowStep } from '../core/flow.js';
import { maxRetries } from '../core/limits.js';
import { parseStatusRule } from '../core/status.js';
import { jsonValue, optional, some, strictKeys } from './schemaParts.js';

/** A duration such as `5s`. */
export const durationSchema = z
  .string()
  .check(
    z.refine((text) => readDuration(text) !== undefined, 'must be a duration with its unit, such as 500ms, 5s or 1m.'),
  );

/** A status rule such as `2xx`. */
export const statusRuleSchema = z
  .string()
  .check(z.refine(isStatusRule, 'must be a status rule such as 2xx, 401 or 200,204.'));

const failureRuleSchema = z
  .string()
  .check(
    z.refine(
      (text) => isRead(text, parseFailureRule),
      'must be statuses and outcomes such as 5xx,429,timed_out,broken,unreachable.',
    ),
  );

function isSomeTime(text: string): boolean {
  return readDuration(text) !== 0;
}

function isStatusRule(text: string): boolean {
  return isRead(text, parseStatusRule);
}

function isRead(text: string, read: (text: string, what: string) => unknown): boolean {
  try {
    read(text, 'rule');
    return true;
  } catch {
    return false;
  }
}

export const certaintySchema = z.enum(['schema', 'documented', 'observed', 'inferred', 'placeholder']);

function fact<T extends z.ZodMiniType>(value: T) {
  return strictKeys({ value, certainty: certaintySchema, source: some });
}

const facts = {
  timeLimit: durationSchema,
  success: statusRuleSchema,
  retry: strictKeys({
    max: optional(z.int().check(z.gte(0), z.lte(maxRetries))),
    delays: optional(z.nullable(z.array(durationSchema))),
    for: optional(durationSchema.check(z.refine(isSomeTime, 'must be longer than nothing.'))),
    on: optional(failureRuleSchema),
    obeysRetryAfter: optional(z.boolean()),
  }).check(
    z.refine(
      ({ max, for: total }) => (max ?? total) !== undefined,
      'must say how many retries there are at most, or for how long the provider tries: max or for.',
    ),
    z.refine(
      ({ delays, for: total }) => !delays || total === undefined,
      'has both delays and for: delays say for how long the provider tries.',
    ),
    z.refine(
      ({ max, delays }) => !delays || (max !== undefined && delays.length >= max),
      'has fewer delays than max: write one before each retry, or null where they are not documented.',
    ),
  ),
  resend: z.array(z.enum(['times', 'values', 'signature', 'body'])),
  disabling: strictKeys({
    afterConsecutiveFailures: optional(z.int().check(z.gte(1))),
    afterFailing: optional(durationSchema),
    on: optional(failureRuleSchema),
    counts: z.nullable(z.enum(['attempts', 'deliveries'])),
    per: z.enum(['endpoint', 'event']),
    by: z.enum(['disabling', 'circuit']),
  }).check(
    z.refine(
      ({ afterConsecutiveFailures, afterFailing, on }) =>
        (afterConsecutiveFailures ?? afterFailing ?? on) !== undefined,
      'must say when: afterConsecutiveFailures, afterFailing or on.',
    ),
  ),
};

const timeLimit = z.nullable(fact(facts.timeLimit));
const success = fact(facts.success);
const retry = fact(facts.retry);

/** The schema of `Policy`. */
export const policySchema = strictKeys({
  timeLimit,
  success,
  retry: z.nullable(retry),
  resend: fact(facts.resend),
  disabling: z.nullable(fact(facts.disabling)),
});

/** A fact, or its value alone. */
const valueOrFact = <T extends z.ZodMiniType>(value: T) => z.union([value, fact(value)]);

/** The schema of `PolicyDescription`. */
export const policyDescriptionSchema = strictKeys({
  timeLimit: optional(z.nullable(valueOrFact(facts.timeLimit))),
  success: optional(valueOrFact(facts.success)),
  retry: optional(z.nullable(valueOrFact(facts.retry))),
  resend: optional(valueOrFact(facts.resend)),
  disabling: optional(z.nullable(valueOrFact(facts.disabling))),
});

/** The schema of `EventPolicy`. */
export const eventPolicySchema = strictKeys({
  timeLimit: optional(timeLimit),
  success: optional(success),
  retry: optional(retry),
});

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
