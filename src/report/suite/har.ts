import { printable } from '../../core/printable.js';
import type { RunWarning } from '../../core/run.js';
import type { SuiteEnded } from '../../core/suite.js';
import { version } from '../../core/version.js';
import { harEntry } from '../shared/harEntry.js';
import { asLine } from '../shared/jsonLines.js';
import { buildReporter, type Reporter, type Writer } from '../shared/reporter.js';
import { suiteDeliveries, suiteTotals } from './suiteTotals.js';

/** HAR 1.2 of every attempt, in the order of time, each on its line (http://www.softwareishard.com/blog/har-12-spec/). */
export function harFile(write: Writer): Reporter {
  const entries: { readonly startedAt: string; readonly line: string }[] = [];
  const warnings: RunWarning[] = [];
  return buildReporter({
    warning: (event) => warnings.push(event),
    result(event) {
      for (const sent of suiteDeliveries(event)) {
        for (const attempt of sent.ended.attempts) {
          entries.push({ startedAt: attempt.startedAt, line: asLine(harEntry(event, sent, attempt)) });
        }
      }
    },
    'suite-summary'(event) {
      entries.sort((a, b) => (a.startedAt < b.startedAt ? -1 : a.startedAt > b.startedAt ? 1 : 0));
      write(head(event, warnings));
      for (const [at, { line }] of entries.entries()) write(`${at > 0 ? ',' : ''}\n${line}`);
      write('\n]}}\n');
    },
  });
}

function head(summary: SuiteEnded, warnings: readonly RunWarning[]): string {
  const problem = summary.problem ? `${printable(summary.problem.message)} | ` : '';
  const comment = `${summary.interrupted ? 'Interrupted: ' : ''}${problem}${suiteTotals(summary, '|').text}`;
  const odd = warnings.map(({ code, id, message }) => ({ code, id, message }));
  const more = odd.length > 0 && { _webhookSim: { warnings: odd } };
  const log = asLine({ version: '1.2', creator: { name: 'webhook-sim', version }, comment, pages: [], ...more });
  return `{"log":${log.slice(0, -1)},"entries":[`;
}
