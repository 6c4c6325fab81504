import { printable } from '../../core/printable.js';
import type { Budget, ResultEnded, SuiteEnded } from '../../core/suite.js';
import { asLine } from '../shared/jsonLines.js';
import { buildReporter, type Reporter, type Writer } from '../shared/reporter.js';
import { describeWarning } from '../shared/words.js';
import { failureLine, failureSummary, logTail, suiteTotals } from './suiteTotals.js';
import { hasOddities, wireFacts } from './wireFacts.js';

/** TAP 14 (https://testanything.org/tap-version-14-specification.html), line by line as cases end; the plan comes last. */
export function tap(write: Writer): Reporter {
  let count = 0;
  const point = (ok: boolean, description: string, directive = '') =>
    `${ok ? 'ok' : 'not ok'} ${++count} - ${escaped(description)}${directive && ` # ${directive}`}`;

  const resultLines = (result: ResultEnded) => {
    const { suite, name, status, reason, earlier } = result;
    const skip = status === 'skipped' ? `SKIP ${escaped(reason ?? '')}`.trimEnd() : '';
    const flaky = earlier.map((failures, at) => `# flaky: try ${at + 1}: ${failureSummary(failures)}`);
    return [
      point(status !== 'failed', `${suite}: ${name}`, skip),
      ...(skip ? [] : diagnosis(facts(result))),
      ...(status === 'flaky' ? flaky : []),
    ];
  };

  const budgetLines = (budget: Budget) => [
    point(budget.ok, `budget: ${budget.name}`),
    ...diagnosis({
      ...(budget.ok ? {} : { message: 'the budget was not kept', severity: 'fail' }),
      figure: printable(budget.figure),
    }),
  ];

  const endLines = (summary: SuiteEnded) => [
    ...summary.budgets.flatMap(budgetLines),
    // A plan would promise that all of it is here.
    ...(summary.interrupted || summary.problem ? [] : [`1..${count}${count === 0 ? ' # SKIP no cases' : ''}`]),
    `# ${suiteTotals(summary, '|').text}`,
    ...(summary.bailed ? ['# stopped at a failure'] : []),
    ...(summary.problem ? logTail(summary.problem.log).map((line) => `# the receiver wrote: ${line}`) : []),
    ...(summary.interrupted ? ['Bail out! interrupted'] : []),
    ...(summary.problem ? [`Bail out! ${printable(summary.problem.message)}`] : []),
  ];

  let head = ['TAP version 14'];
  const print = (lines: readonly string[]) => {
    write(`${[...head, ...lines].join('\n')}\n`);
    head = [];
  };
  return buildReporter({
    warning: (event) => print([`# ${describeWarning(event)}`]),
    result: (event) => print(resultLines(event)),
    'suite-summary': (event) => print(endLines(event)),
  });
}

/** Returns the details of a case, under the keys of other TAP producers where they have some. */
function facts(result: ResultEnded): object {
  const { status, suite, place, failures, durationMs, log } = result;
  const timing = { duration_ms: Math.round(durationMs * 1000) / 1000 };
  const wire = status === 'failed' || hasOddities(result) ? wireFacts(result) : [];
  if (status !== 'failed') return { ...timing, ...(wire.length > 0 && { wire }) };
  const lines = logTail(log);
  return {
    message: failureSummary(failures),
    severity: 'fail',
    ...timing,
    at: { suite: printable(suite), ...place },
    failures: failures.map(failureLine),
    ...(wire.length > 0 && { wire }),
    ...(lines.length > 0 && { log: lines }),
  };
}

/** A YAML block in which every value is JSON, which YAML reads. */
function diagnosis(facts: object): string[] {
  return ['  ---', ...Object.entries(facts).map(([key, value]) => `  ${key}: ${asLine(value)}`), '  ...'];
}

/** A description on one line in which nothing is a directive. */
function escaped(text: string): string {
  return printable(text).replace(/[\\#]/g, '\\$&');
}
