import { UsageError } from '../../../core/errors.js';
import { limits, parseWhole } from '../../../core/limits.js';
import { type BudgetRule, maxLatency, minAccepted, minCoverage } from '../../../suite/budgets.js';
import { type CaseSelection, parseShard } from '../../../suite/select.js';
import type { RunFlags } from './runFlags.js';

/** The flags of `run`, read and checked; what needs a file or the environment comes later. */
export interface RunSettings extends CaseSelection {
  readonly concurrency: number | null;
  readonly bail: number | null;
  readonly rerunFailed: number;
  readonly budgets: readonly BudgetRule[];
}

/** Reads the flags. Throws a UsageError for the first that is wrong. */
export function readRunFlags(flags: RunFlags): RunSettings {
  const { grep, shard, concurrency, bail, rerunFailed, maxLatency: latencies = [], minAccepted: accepted } = flags;
  return {
    grep: grep === undefined ? null : pattern(grep),
    shard: shard === undefined ? null : parseShard(shard, '--shard'),
    concurrency: concurrency === undefined ? null : parseWhole(concurrency, '--concurrency', limits.concurrency),
    bail: bail === undefined ? null : bail === true ? 1 : readBail(bail),
    rerunFailed: rerunFailed === undefined ? 0 : parseWhole(rerunFailed, '--rerun-failed', { min: 0, max: 100 }),
    budgets: [
      ...latencies.map((text) => maxLatency(text, '--max-latency')),
      ...(accepted === undefined ? [] : [minAccepted(accepted, '--min-accepted')]),
      ...(flags.minCoverage === undefined ? [] : [minCoverage(flags.minCoverage, '--min-coverage')]),
    ],
  };
}

/** The number may be left out, and then a name of a suite must not follow. */
function readBail(text: string): number {
  if (/^\d+$/.test(text)) return parseWhole(text, '--bail', { min: 1, max: 1_000_000 });
  throw new UsageError(
    'BAD_NUMBER',
    `--bail: "${text}" is not a whole number. Write --bail after the suites, or --bail=1.`,
  );
}

function pattern(text: string): RegExp {
  try {
    return new RegExp(text, 'iu');
  } catch (cause) {
    throw new UsageError('BAD_PATTERN', `--grep: ${(cause as Error).message}.`, { cause });
  }
}
