import { printable } from '../../core/printable.js';
import type { SuiteEnded } from '../../core/suite.js';
import { version } from '../../core/version.js';
import { asLine } from '../shared/jsonLines.js';
import { describeWarning } from '../shared/oddities.js';
import { buildReporter, type Reporter, type Writer } from '../shared/reporter.js';
import type { FileOf } from './fileOf.js';
import { logTail } from './logTail.js';
import { sarifFindings } from './sarifFindings.js';
import { sarifResult } from './sarifResult.js';
import { SarifRules } from './sarifRules.js';

const schema = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/**
 * SARIF 2.1.0 for code scanning: a result for each finding of a check, and for each other case that failed
 * (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html).
 */
export function sarif(write: Writer, fileOf: FileOf): Reporter {
  const rules = new SarifRules();
  const results: string[] = [];
  const warnings: string[] = [];
  return buildReporter({
    warning: (event) => warnings.push(describeWarning(event)),
    result(event) {
      for (const finding of sarifFindings(event)) {
        results.push(asLine(sarifResult(finding, event, { file: fileOf(event.suite), ruleIndex: rules.add(finding) })));
      }
    },
    'suite-summary': (event) => write(`${head(event, rules, warnings)}${results.join(',\n')}\n]}]}\n`),
  });
}

/** All but the results. */
function head(
  { startedAt, durationMs, interrupted, problem }: SuiteEnded,
  rules: SarifRules,
  warnings: readonly string[],
): string {
  const messages = [
    ...(interrupted ? ['The run was interrupted: this report is partial.'] : []),
    ...(problem ? [[printable(problem.message), ...logTail(problem.log)].join('\n')] : []),
  ];
  const invocation = {
    executionSuccessful: messages.length === 0,
    startTimeUtc: startedAt,
    endTimeUtc: new Date(Date.parse(startedAt) + durationMs).toISOString(),
    toolExecutionNotifications: [
      ...messages.map((text) => ({ level: 'error', message: { text } })),
      ...warnings.map((text) => ({ level: 'warning', message: { text } })),
    ],
  };
  const driver = { name: 'webhook-sim', version, rules: rules.list() };
  const run = asLine({ tool: { driver }, columnKind: 'utf16CodeUnits', invocations: [invocation] });
  return `{"$schema":"${schema}","version":"2.1.0","runs":[${run.slice(0, -1)},"results":[\n`;
}
