import { UsageError } from '../core/errors.js';
import type { OptionSet, OptionValues } from './option.js';

const group = 'Output';

/** The options for output. */
export const outputOptions = {
  dryRun: { type: 'switch', group, help: 'print the deliveries without sending them' },
  curl: { type: 'switch', group, help: 'print equivalent curl commands without sending' },
  json: { type: 'switch', canBeOff: true, group, help: 'print one JSON object per line' },
  quiet: { type: 'switch', canBeOff: true, short: 'q', group, help: 'suppress progress messages' },
  verbose: {
    type: 'switch',
    canBeOff: true,
    short: 'v',
    group,
    help: 'print request, timing phases and response',
  },
} as const satisfies OptionSet;

/** Option values for output. */
export type OutputValues = OptionValues<typeof outputOptions>;

/** Throws a UsageError for two ways of showing the same. */
export function assertOutputOptions({ curl, json, nameOf }: Pick<OutputValues, 'curl' | 'json' | 'nameOf'>): void {
  if (!curl || !json) return;
  const message = `${nameOf('curl')} prints commands and ${nameOf('json')} objects. Give one of them.`;
  throw new UsageError('CONFLICT', message);
}
