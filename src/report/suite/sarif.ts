import { createHash } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import { excerpt, printable } from '../../core/printable.js';
import type { ResultEnded, SuiteEnded } from '../../core/suite.js';
import { version } from '../../core/version.js';
import { asLine } from '../shared/jsonLines.js';
import { buildReporter, type Reporter, type Writer } from '../shared/reporter.js';
import { describeWarning } from '../shared/words.js';
import { type SarifFinding, SarifRules, sarifFindings } from './sarifFindings.js';
import { type FileOf, logTail } from './suiteTotals.js';

interface Whereabouts {
  /** Of the suite; null where it has none. */
  readonly file: string | null;
  readonly ruleIndex: number;
}

/** Characters of a message that are reported. */
const messageLimit = 2000;

/** A finding as a result of SARIF, at the place of its case. */
function sarifResult(finding: SarifFinding, result: ResultEnded, { file, ruleIndex }: Whereabouts): object {
  const { suite, name, provider, event, place, check, deliveries } = result;
  const { rule, level, message, cases } = finding;
  const url = check?.summary.url ?? deliveries.at(-1)?.delivery.url ?? null;
  const region = place ? { startLine: place.line, startColumn: place.column } : { startLine: 1 };
  return {
    ruleId: rule.id,
    ruleIndex,
    level,
    message: { text: withoutLinks(excerpt(message, messageLimit)) },
    locations: [
      {
        physicalLocation: { artifactLocation: artifact(file ?? suite), region },
        logicalLocations: [{ name: printable(name), fullyQualifiedName: printable(`${suite}: ${name}`) }],
      },
    ],
    partialFingerprints: fingerprints([rule.id, suite, name, provider ?? '', event ?? '']),
    properties: {
      ...{ suite: printable(suite), case: printable(name), provider, event },
      ...{ url: url === null ? null : printable(url), grade: check?.summary.grade ?? null, cases },
    },
  };
}

/** Code scanning takes a location without a file for a mistake, so a suite without one is named as if it were its own. */
function artifact(file: string): { uri: string; uriBaseId?: string } {
  if (/^(?:\/|[A-Za-z]:[\\/])/.test(file)) return { uri: pathToFileURL(file).href };
  const parts = file.toWellFormed().split(/[\\/]/).map(encodeURIComponent);
  return { uri: parts.join('/'), uriBaseId: '%SRCROOT%' };
}

/** The same for the same finding in every run, wherever its case has moved to; GitHub goes by the first name only. */
function fingerprints(parts: readonly string[]): Record<string, string> {
  const hash = createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 16);
  return { primaryLocationLineHash: `${hash}:1`, 'webhookSim/v1': hash };
}

/** In a message `[text](target)` would be a link, and a receiver may be quoted in it. */
function withoutLinks(text: string): string {
  return text.replaceAll('](', '] (');
}

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
