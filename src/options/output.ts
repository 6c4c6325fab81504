import { UsageError } from '../core/errors.js';
import type { OptionSet, OptionValues } from './option.js';

const group = 'What to show';

/** What is shown, and where. */
export const outputOptions = {
  dryRun: { type: 'switch', group, help: 'show the deliveries and send nothing' },
  curl: { type: 'switch', group, help: 'print curl commands that send the same, and send nothing' },
  json: { type: 'switch', canBeOff: true, group, help: 'one JSON object per line' },
  quiet: { type: 'switch', canBeOff: true, short: 'q', group, help: 'only results, no talk on stderr' },
  verbose: {
    type: 'switch',
    canBeOff: true,
    short: 'v',
    group,
    help: 'request, phases and answer of each delivery',
  },
} as const satisfies OptionSet;

/** What was given of what is shown. */
export type OutputValues = OptionValues<typeof outputOptions>;

/** Throws a UsageError for two ways of showing the same. */
export function assertOutputOptions({ curl, json, nameOf }: Pick<OutputValues, 'curl' | 'json' | 'nameOf'>): void {
  if (!curl || !json) return;
  const message = `${nameOf('curl')} prints commands and ${nameOf('json')} objects. Give one of them.`;
  throw new UsageError('CONFLICT', message);
}
