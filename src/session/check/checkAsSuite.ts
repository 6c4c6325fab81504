import type { CheckRunOptions } from '../../check/sender.js';
import type { CheckEvent } from '../../core/check.js';
import type { RunWarning } from '../../core/run.js';
import type { SuiteEvent } from '../../core/suite.js';
import { withWarnings } from '../../simulate/lateWarnings.js';
import { runSuites } from '../../suite/runSuites.js';
import { SuiteTally } from '../../suite/suiteTally.js';
import { tryCheck } from '../../suite/tryCheck.js';
import type { TriedItem } from '../../suite/unit.js';

export interface SuiteCheckRun {
  readonly options: CheckRunOptions;
  /** Called with each event of the suite. */
  readonly report: (event: SuiteEvent) => void;
  /** Called with each event of the check as it happens. */
  readonly watch: (event: CheckEvent) => void;
}

/** Runs a check as the only case of a suite, for the reports that suites have. */
export async function checkAsSuite({ options, report, watch }: SuiteCheckRun): Promise<void> {
  const { source, clock, signal } = options;
  const { provider, event, variant } = source;
  const item: TriedItem = {
    suite: 'check',
    place: null,
    name: `check ${provider.name} ${event}`,
    kind: 'check',
    provider: provider.name,
    event,
    variant,
    forge: null,
  };
  const late: RunWarning[] = [];
  const hear = (event: CheckEvent) => {
    if (event.type === 'warning') late.push(event);
    watch(event);
  };
  const unit = {
    items: [item],
    disabled: null,
    needs: [],
    gives: [],
    ways: [],
    run: ({ onDelivery }: { onDelivery: Parameters<typeof tryCheck>[0]['onDelivery'] }) =>
      tryCheck({ item, options, grade: null, onDelivery, watch: hear }),
  };
  const events = runSuites({
    groups: [{ units: [unit], concurrency: 1 }],
    tally: new SuiteTally({ events: new Map(), showsCoverage: false, budgets: [] }),
    clock,
    bail: null,
    rerunFailed: 0,
    log: null,
    signal,
  });
  for await (const each of events) {
    if (each.type !== 'suite-summary') {
      report(each);
      continue;
    }
    for (const warning of late) report(warning);
    report({ ...each, run: withWarnings(each.run, late) });
  }
}
