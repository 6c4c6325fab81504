import type { ResultEnded, SuiteEnded } from '../../../core/suite.js';
import type { Writer } from '../../shared/reporter.js';
import { suiteDeliveries } from '../suiteDeliveries.js';
import type { SuiteReporter } from '../suiteReporter.js';
import { Allowance } from './allowance.js';
import { caseRows } from './caseRows.js';
import { caseTableEnd, caseTableStart } from './caseTable.js';
import { FailedList } from './failedList.js';
import type { Markup } from './markup.js';
import { overview, verdictOf } from './overview.js';
import { pageEnd, pageStart } from './page.js';
import { standing } from './standing.js';
import { TimingChart } from './timingChart.js';

/** One page for a browser that holds all of a run and loads nothing: verdict, failures, timing, and each case with what was sent and answered. */
export function html(write: Writer): SuiteReporter {
  const rows: Markup[] = [];
  const failed = new FailedList();
  const chart = new TimingChart();
  const allowance = new Allowance();

  const add = (result: ResultEnded) => {
    const anchor = `case-${rows.length + 1}`;
    rows.push(caseRows(result, anchor, allowance));
    failed.add(result, anchor);
    for (const { ended, checkCase } of suiteDeliveries(result)) {
      const part = checkCase ?? (result.kind === 'flow' ? ended.delivery.event : null);
      const name = part === null ? result.name : `${result.name}: ${part}`;
      for (const attempt of ended.attempts) {
        chart.add(name, anchor, attempt, ended.ok);
      }
    }
  };

  const end = (summary: SuiteEnded) => {
    const { text, ok } = verdictOf(summary);
    const before = [pageStart(`${ok ? '✓' : '✗'} ${text} · webhook-sim`), overview(summary), failed.render()];
    const after = [caseTableEnd(allowance.sentence()), pageEnd()];
    const parts = [...before, standing(summary), chart.render(), caseTableStart(summary), ...rows, ...after];
    for (const part of parts) if (part) write(part.html);
  };

  return {
    event(event) {
      if (event.type === 'result') add(event);
      else end(event);
    },
  };
}
