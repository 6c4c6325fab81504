import type { RunProblem, SuiteEnded, SuiteEvent } from '../core/suite.js';
import type { Clock } from '../core/world.js';
import { type GroupOptions, GroupRun, type ReceiverLog, reasons } from './groupRun.js';
import type { SuiteTally } from './suiteTally.js';
import type { UnitGroup } from './unit.js';

/** The totals of a run's cases. */
export type Sums = Pick<SuiteEnded, 'counts' | 'run'>;

export interface SuiteRun {
  readonly groups: readonly UnitGroup[];
  readonly tally: SuiteTally;
  readonly clock: Clock;
  /** Failed results after which nothing more is started; null for never. */
  readonly bail: number | null;
  /** The number of times that a failed case is retried. */
  readonly rerunFailed: number;
  readonly log: ReceiverLog | null;
  /** Returns the problem with the run as a whole, once all cases have ended. */
  readonly problem?: (sums: Sums) => Promise<RunProblem | null>;
  readonly signal: AbortSignal;
}

/** Runs cases and yields each result when it is there, and the summary last. */
export async function* runSuites(options: SuiteRun): AsyncGenerator<SuiteEvent, void> {
  const { tally, clock, signal, bail, groups } = options;
  const startedAt = clock.now();
  let failed = 0;
  let bailed = false;
  const stop = () => (signal.aborted ? reasons.interrupted : bail !== null && failed >= bail ? reasons.bailed : null);
  const onDelivery: GroupOptions['onDelivery'] = (delivery, item) => tally.addDelivery(delivery, item);
  for (const group of groups) {
    for await (const { result, outcome } of new GroupRun(group, { ...options, onDelivery }, stop).results()) {
      if (result.status === 'failed') failed++;
      if (result.reason === reasons.bailed) bailed = true;
      tally.add(result, outcome);
      yield result;
    }
  }
  const sums = tally.summary(signal.aborted);
  const problem = (await options.problem?.(sums)) ?? (signal.aborted ? null : unreachedProblem(sums));
  yield {
    type: 'suite-summary',
    startedAt: new Date(startedAt).toISOString(),
    durationMs: clock.now() - startedAt,
    ...sums,
    bailed,
    problem,
    interrupted: signal.aborted,
  };
}

/** A run of which nothing reached anybody did not test a receiver. */
function unreachedProblem({ counts, run }: Sums): RunProblem | null {
  if (counts.failed === 0 || run.sent === 0 || run.outcomes.unreachable < run.sent) return null;
  const message = 'No receiver was reached: no delivery got a connection. Start it, or correct the address.';
  return { code: 'UNREACHABLE', message, log: null };
}
