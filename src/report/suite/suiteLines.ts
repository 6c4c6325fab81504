import type { ResultEnded, SuiteEnded, SuiteEvent } from '../../core/suite.js';
import { caseLine, checkSummaryLine } from '../check/checkLines.js';
import { asLine, deliveryLine, errorLine, runLine, warningLine } from '../shared/jsonLines.js';
import type { Writer } from '../shared/reporter.js';
import type { SuiteReporter } from './suiteReporter.js';

const schemaVersion = 1;

/** JSON lines: each delivery (or case of a check) with its suite and case, then the result; the summary last. */
export function suiteLines(write: Writer): SuiteReporter {
  return {
    event(event) {
      write(
        linesOf(event)
          .map((line) => `${asLine(line)}\n`)
          .join(''),
      );
    },
  };
}

function linesOf(event: SuiteEvent): object[] {
  if (event.type === 'warning') return [warningLine(event)];
  return event.type === 'result' ? resultLines(event) : [...problemLine(event), summaryLine(event)];
}

function resultLines(result: ResultEnded): object[] {
  const { suite, name, deliveries, check } = result;
  const within = { suite, case: name };
  const parts = check
    ? [...check.cases.map(caseLine), checkSummaryLine(check.summary)]
    : deliveries.map((each) => deliveryLine(each));
  return [...parts.map((line) => ({ ...line, within })), resultLine(result)];
}

function resultLine(result: ResultEnded): object {
  const { suite, place, name, kind, provider, event, variant, forge, status, reason, failures, earlier } = result;
  return {
    schemaVersion,
    type: 'result',
    suite,
    place,
    case: name,
    kind,
    provider,
    event,
    variant,
    forge,
    status,
    reason,
    failures,
    earlier,
    startedAt: result.startedAt,
    durationMs: result.durationMs,
    deliveries: result.deliveries.length + (result.more ?? 0),
    grade: result.check?.summary.grade ?? null,
    log: result.log,
  };
}

/** A problem of the run is an error as every command tells it. */
function problemLine({ problem }: SuiteEnded): object[] {
  if (!problem) return [];
  const { code, message, log } = problem;
  return [errorLine({ code, message, hint: null, facts: log === null ? {} : { log } })];
}

function summaryLine({ run, counts, coverage, budgets, bailed, startedAt, durationMs }: SuiteEnded): object {
  return { ...runLine(run), results: counts, coverage, budgets, bailed, startedAt, durationMs };
}
