import { type PreparedCase, prepareCase } from '../../../check/cases/prepareCase.js';
import { runChecks } from '../../../check/runChecks.js';
import { chooseTarget } from '../../../config/target.js';
import type { CheckEnded, CheckEvent } from '../../../core/check.js';
import { logDeliveries } from '../../../history/logDeliveries.js';
import { type CheckValues, checkOptions } from '../../../options/check.js';
import { readOptions } from '../../../options/readOptions.js';
import { findProvider } from '../../../providers/findProvider.js';
import { caseList } from '../../../report/check/caseList.js';
import { checkTable } from '../../../report/check/checkTable.js';
import { Multiplexer } from '../../../report/shared/multiplexer.js';
import { checkExitCode } from '../../../session/check/checkExitCode.js';
import { logCheck } from '../../../session/check/logCheck.js';
import { openCheck } from '../../../session/check/openCheck.js';
import { prepareCheck, type ReadyCheck } from '../../../session/check/prepareCheck.js';
import { selectEvent } from '../../../session/project/events.js';
import { withRoute } from '../../../session/project/projectRoute.js';
import { openTarget } from '../../../session/target/target.js';
import { Transport } from '../../../transport/transport.js';
import { wantsColour } from '../../io/colour.js';
import { exitCodes } from '../../io/exitCode.js';
import type { Io } from '../../io/io.js';
import { showWaiting } from '../../io/showWaiting.js';
import type { Waiting } from '../../io/waitNotice.js';
import { flagName, type RawFlags } from '../../options/flags.js';
import { loadProject } from '../../project/project.js';
import { sendAloneCommand } from '../../reporting/nextCommand.js';
import { openReport } from '../../reporting/openReport.js';
import type { Reports } from '../../reporting/reports.js';
import { withReport } from '../../reporting/withReport.js';
import { sendFirstHandshakes, serveRunKeys } from '../../target/startup.js';
import { createStatusMessages, logRoute } from '../../target/statusMessages.js';

/** Runs `check`; resolves with the exit code. */
export async function runCheck(
  providerName: string,
  eventName: string | undefined,
  flags: RawFlags,
  io: Io,
): Promise<number> {
  const work = async () => checkWith(providerName, eventName, readOptions(checkOptions, flags, flagName), io);
  const { report, list } = flags as { readonly report?: readonly string[]; readonly list?: true };
  if (!report || list) return work();
  const { withFailureReport } = await import('../../reporting/failureReport.js');
  return withFailureReport({ report, github: false }, io, [], work);
}

/** Runs `check` with options that are read; resolves with the exit code. */
export async function checkWith(
  providerName: string,
  eventName: string | undefined,
  given: CheckValues,
  io: Io,
): Promise<number> {
  const project = await loadProject(given, io);
  const reported = withReport(given, project, io);
  const provider = findProvider(providerName, project);
  const event = eventName === undefined ? provider.defaultEvent : selectEvent(provider, eventName);
  const target = chooseTarget(project, given);
  const options = withRoute(reported, project, target);
  const ready = await prepareCheck({ provider, event, project, target }, options, io);
  if (options.list) {
    const source = { ...ready.source, urlFor: () => 'http://localhost/' };
    listCases(await Promise.all(ready.cases.map((each) => prepareCase(each, source))), options, io);
    return exitCodes.ok;
  }
  for (const line of ready.warnings) if (!options.quiet) io.stderr.write(`${line}\n`);
  return reportCheck(ready, options, io);
}

/** Prints the cases for `--list`. */
function listCases(prepared: readonly PreparedCase[], options: CheckValues, io: Io): void {
  const cases = prepared.map(({ case: { name, class: group, forge = null, sent }, leftOut }) => ({
    name,
    class: group,
    forge,
    sent,
    leftOut,
  }));
  const text = options.json
    ? `${JSON.stringify(checkListDocument(cases), null, 2)}\n`
    : caseList(cases, wantsColour(io.env, io.stdout));
  io.stdout.write(text);
}

/** Builds the document of `check --list --json`. */
export function checkListDocument(cases: Parameters<typeof caseList>[0]) {
  return { schemaVersion: 1, type: 'check-list', cases } as const;
}

/** Checks a receiver and reports it; resolves with the exit code. */
async function reportCheck(ready: ReadyCheck, options: CheckValues, io: Io): Promise<number> {
  const { target, route, cases, timeLimitMs, handshakes } = ready;
  const { provider, secrets } = ready.source;
  // The report shows what arrives at the built-in receiver.
  const talk = createStatusMessages(io, options.quiet === true);
  const keys = await serveRunKeys(options.serveKeys, [[provider, secrets]], talk);
  const open = await openTarget(target, provider, secrets, { talk: createStatusMessages(io, true), clock: io.clock });
  const transport = new Transport({ route });
  const log = logDeliveries({ project: ready.project, command: 'check' }, options, io);
  let waiting: Waiting | undefined;
  try {
    const check = { ...(await openCheck(ready, { open, transport }, io)), concludes: true };
    io.disableWasmTierUp();
    logRoute(route, open.url, io, options.quiet === true);
    talk.start(provider, open, secrets);
    const runs = [{ provider, handshakes, secrets, timeLimitMs }];
    const ended = await sendFirstHandshakes({ runs, open, route, talk, project: ready.project, target }, options, io);
    if (ended !== null) {
      const message = 'A handshake failed, and the provider sends no event before it. Nothing more was sent.';
      if (options.report) {
        const { writeFailureReport } = await import('../../reporting/failureReport.js');
        await writeFailureReport(options, io, { problem: { code: 'HANDSHAKE_FAILED', message, log: null } });
      }
      return ended;
    }
    const reports = options.report ? await openCheckReports(options, io) : null;
    const report = reports?.takesStdout ? new Multiplexer([], io.secrets) : openReport(options, io, checkTable);
    let summary: CheckEnded | undefined;
    let done = 0;
    const watch = (event: CheckEvent) => {
      report.event(event);
      logCheck(log, event, ready, io);
      if (event.type === 'case') waiting?.update(`Checking ${open.shown}: ${++done} of ${cases.length} cases are done`);
      if (event.type === 'check-summary') summary = event;
      else if (event.type === 'case' && event.name === 'plain' && event.deliveries[0]) {
        const ended = report.mask.delivery(event.deliveries[0]);
        talk.ended(
          ended,
          provider,
          secrets,
          sendAloneCommand({ event: ended, provider, target: target.name, options }, io),
        );
      }
    };
    let isReportLost = false;
    waiting = showWaiting(`Checking ${open.shown}: ${cases.length} cases`, options, io);
    if (reports) {
      try {
        await (await import('../../../session/check/checkAsSuite.js')).checkAsSuite({
          options: check,
          report: reports.event,
          watch,
        });
      } finally {
        isReportLost = await reports.close();
      }
    } else {
      for await (const event of runChecks(check)) watch(event);
    }
    waiting.end();
    talk.end(open);
    const code = checkExitCode(summary!, io.interrupted.reason);
    return code === exitCodes.ok && isReportLost ? exitCodes.usage : code;
  } finally {
    log.close();
    transport.close();
    await open.close();
    await keys?.close();
  }
}

/** The reports that suites have; the check's own goes to stdout unless one of them does. */
async function openCheckReports({ report, json }: CheckValues, io: Io): Promise<Reports> {
  const { openReports } = await import('../../reporting/reports.js');
  const choice = { ...(report && { report }), ...(json && { json }), github: false };
  return openReports(choice, io, { fileOf: () => null, usual: false });
}
