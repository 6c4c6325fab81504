import { printable } from '../../core/printable.js';
import type { SuiteEnded } from '../../core/suite.js';
import { version } from '../../core/version.js';
import { asLine } from '../shared/jsonLines.js';
import { describeWarning } from '../shared/oddities.js';
import type { Writer } from '../shared/reporter.js';
import type { FileOf } from './fileOf.js';
import { logTail } from './logTail.js';
import { sarifFindings } from './sarifFindings.js';
import { sarifResult } from './sarifResult.js';
import { SarifRules } from './sarifRules.js';
import type { SuiteReporter } from './suiteReporter.js';

const schema = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/**
 * SARIF 2.1.0 for code scanning: a result for each flaw that a check found, and for each other case that failed
 * (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html).
 */
export function sarif(write: Writer, fileOf: FileOf): SuiteReporter {
  const rules = new SarifRules();
  const results: string[] = [];
  const warnings: string[] = [];
  return {
    event(event) {
      if (event.type === 'suite-summary') {
        write(`${head(event, rules, warnings)}${results.join(',\n')}\n]}]}\n`);
        return;
      }
      if (event.type === 'warning') {
        warnings.push(describeWarning(event));
        return;
      }
      for (const finding of sarifFindings(event)) {
        results.push(asLine(sarifResult(finding, event, { file: fileOf(event.suite), ruleIndex: rules.add(finding) })));
      }
    },
  };
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
