import type { CaseEnded, CheckEnded } from '../../core/check.js';
import type { DeliveryEnded } from '../../core/run.js';
import type { ResultEnded, SuiteEnded } from '../../core/suite.js';
import { asLine, attemptLine, deliveryLine, errorLine, requestLine, runLine, warningLine } from './jsonLines.js';
import type { ReportEvent, Reporter, Writer } from './reporter.js';

const schemaVersion = 1 as const;

/** Writes one JSON object for each thing that ends and one for the summary, each on its line; lines of a flow name it. */
export function jsonReporter(write: Writer): Reporter {
  let flow: string | null = null;
  return {
    isSilentOn: ({ type }) => type === 'attempt' || type === 'flow',
    event(event) {
      if (event.type === 'flow') flow = event.name;
      const lines = linesOf(event, flow === null ? {} : { flow });
      if (lines.length > 0) write(lines.map((line) => `${asLine(line)}\n`).join(''));
    },
  };
}

/** Returns the JSON lines of an event; `inFlow` is the flow that it belongs to. */
export function linesOf(event: ReportEvent, inFlow: { readonly flow?: string }) {
  switch (event.type) {
    case 'attempt':
    case 'flow':
      return [];
    case 'delivery':
      return [{ ...deliveryLine(event), ...placeMember(event) }];
    case 'warning':
      return [{ ...warningLine(event), ...inFlow }];
    case 'summary':
      return [{ ...runLine(event), ...inFlow }];
    case 'handshake': {
      const { handshake, ended, awaited, problem } = event;
      return [{ ...deliveryLine(ended), type: 'handshake', title: handshake.title, awaited, problem } as const];
    }
    case 'case':
      return [caseLine(event)];
    case 'state': {
      const { type, flow, json, problem } = event;
      const state: unknown = json === null ? null : JSON.parse(json);
      return [{ schemaVersion, type, flow, state, problem } as const];
    }
    case 'orders': {
      const { run, type, failedProbes: _, ...rest } = event;
      return [{ schemaVersion, type, ...rest, summary: runLine(run) } as const];
    }
    case 'result':
      return resultLines(event);
    case 'suite-summary':
      return suiteLines(event);
    default:
      return [{ schemaVersion, ...event } as const];
  }
}

/** Returns the place of a delivery in its flow; empty without one. */
function placeMember(event: DeliveryEnded | Extract<ReportEvent, { place: { flow: string } }>): {
  flow?: { name: string; step: number; copy: number; offsetMs: number; ordering?: unknown };
} {
  if (!('place' in event)) return {};
  const { flow: name, ...place } = event.place;
  return { flow: { name, ...place, ...('ordering' in event && { ordering: event.ordering }) } };
}

function caseLine({ type, deliveries, ...facts }: CaseEnded) {
  return {
    schemaVersion,
    type,
    ...facts,
    requests: deliveries.map(({ delivery }) => requestLine(delivery)),
    attempts: deliveries.flatMap(({ attempts }) => attempts.map(attemptLine)),
  } as const;
}

/** Each delivery (or case of a check) of a suite's case with both their names, then the result. */
function resultLines(result: ResultEnded) {
  const { suite, place, name, kind, provider, event, variant, forge, status, reason, failures, earlier } = result;
  const { startedAt, durationMs, deliveries, more = 0, check, log } = result;
  const parts = check
    ? [...check.cases.map(caseLine), checkLine(check.summary)]
    : deliveries.map((each) => deliveryLine(each));
  const line = {
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
    startedAt,
    durationMs,
    deliveries: deliveries.length + more,
    grade: check?.summary.grade ?? null,
    log,
  } as const;
  return [...parts.map((part) => ({ ...part, within: { suite, case: name } })), line];
}

function checkLine(summary: CheckEnded) {
  return { schemaVersion, ...summary } as const;
}

/** Returns the summary of suites; before it a problem of the run, as an error line. */
function suiteLines(summary: SuiteEnded) {
  const { run, counts, coverage, budgets, bailed, startedAt, durationMs, problem } = summary;
  const line = { ...runLine(run), results: counts, coverage, budgets, bailed, startedAt, durationMs };
  if (!problem) return [line];
  const { code, message, log } = problem;
  return [errorLine({ code, message, hint: null, facts: log === null ? {} : { log } }), line];
}
