import { outcomes } from '../core/attempt.js';
import { executionOptions } from './execution.js';
import type { OptionValues } from './option.js';
import { outputOptions } from './output.js';

/** The options of `log`. */
export const logOptions = {
  provider: { type: 'text', value: 'name', help: 'only this provider' },
  event: { type: 'text', value: 'name', help: 'only this event; * matches any text' },
  outcome: {
    type: 'choice',
    choices: outcomes,
    value: 'outcome',
    help: 'accepted, rejected, timed_out, broken or unreachable',
  },
  failed: { type: 'switch', help: 'only deliveries that failed' },
  since: { type: 'text', value: 'time', help: 'only deliveries since then: 1h, 2d or an ISO 8601 time' },
  search: {
    type: 'text',
    value: 'search',
    help: "only matching deliveries, such as 'status:>=400 is:failed pi_123'",
  },
  limit: { type: 'whole', min: 1, max: 1_000_000, help: 'maximum number; default: 20' },
  clear: { type: 'switch', help: 'delete the log of this project' },
  json: { ...outputOptions.json, help: 'print one JSON object per delivery' },
  quiet: outputOptions.quiet,
  config: executionOptions.config,
} as const;

/** Option values of a search in the delivery log. */
export type LogValues = OptionValues<typeof logOptions>;
