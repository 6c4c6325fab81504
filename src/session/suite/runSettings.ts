import type { RunValues } from '../../options/run.js';
import { type BudgetRule, maxLatency, minAccepted, minCoverage } from '../../suite/budgets.js';
import { type CaseSelection, parseShard } from '../../suite/select.js';

/** The options of a run of suites with their defaults. */
export interface RunSettings extends CaseSelection {
  readonly concurrency: number | null;
  readonly bail: number | null;
  readonly rerunFailed: number;
  readonly budgets: readonly BudgetRule[];
}

/** Fills in the defaults. Throws a UsageError for a budget or a shard that is none. */
export function runSettings(options: RunValues): RunSettings {
  const { grep, shard, concurrency, bail, rerunFailed, maxLatency: latencies = [], nameOf } = options;
  const { minAccepted: accepted, minCoverage: coverage } = options;
  return {
    nameOf,
    grep: grep ?? null,
    shard: shard === undefined ? null : parseShard(shard, nameOf('shard')),
    concurrency: concurrency ?? null,
    bail: bail ?? null,
    rerunFailed: rerunFailed ?? 0,
    budgets: [
      ...latencies.map((text) => maxLatency(text, nameOf('maxLatency'))),
      ...(accepted === undefined ? [] : [minAccepted(accepted, nameOf('minAccepted'))]),
      ...(coverage === undefined ? [] : [minCoverage(coverage, nameOf('minCoverage'))]),
    ],
  };
}
