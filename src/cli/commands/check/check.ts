import { prepareCase } from '../../../check/cases/prepareCase.js';
import { chooseTarget } from '../../../config/target.js';
import { findProvider } from '../../../providers/findProvider.js';
import { exitCodes } from '../../io/exitCode.js';
import type { Io } from '../../io/io.js';
import type { CheckFlags } from '../../options/flags/check.js';
import { loadProject } from '../../project/project.js';
import { prepareCheck } from '../../session/check/prepareCheck.js';
import { selectEvent } from '../../session/project/events.js';
import { withReport } from '../../session/project/projectFlags.js';
import { withRoute } from '../../session/project/projectRoute.js';
import { listCases } from './checkReport.js';
import { runCheck } from './runCheck.js';

/** Runs `check`; resolves with the exit code. */
export async function check(
  providerName: string,
  eventName: string | undefined,
  typed: CheckFlags,
  io: Io,
): Promise<number> {
  const work = () => checkReceiver(providerName, eventName, typed, io);
  if (!typed.report || typed.list) return work();
  const { withFailureReport } = await import('../../reporting/failureReport.js');
  return withFailureReport({ report: typed.report, github: false }, io, [], work);
}

async function checkReceiver(
  providerName: string,
  eventName: string | undefined,
  typed: CheckFlags,
  io: Io,
): Promise<number> {
  const project = await loadProject(typed, io);
  const reported = withReport(typed, project, io);
  const provider = findProvider(providerName, project);
  const event = eventName === undefined ? provider.flagship : selectEvent(provider, eventName);
  const target = chooseTarget(project, typed);
  const flags = withRoute(reported, project, target);
  const ready = await prepareCheck({ provider, event, project, target }, flags, io);
  if (flags.list) {
    const source = { ...ready.source, urlFor: () => 'http://localhost/' };
    listCases(await Promise.all(ready.cases.map((each) => prepareCase(each, source))), flags, io);
    return exitCodes.ok;
  }
  for (const line of ready.warnings) if (!flags.quiet) io.stderr.write(`${line}\n`);
  return runCheck(ready, flags, io);
}
