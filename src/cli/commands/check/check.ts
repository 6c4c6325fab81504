import { prepareCase } from '../../../check/cases/prepareCase.js';
import { chooseTarget } from '../../../config/target.js';
import { type CheckValues, checkOptions } from '../../../options/check.js';
import { readOptions } from '../../../options/readOptions.js';
import { findProvider } from '../../../providers/findProvider.js';
import { prepareCheck } from '../../../session/check/prepareCheck.js';
import { selectEvent } from '../../../session/project/events.js';
import { withRoute } from '../../../session/project/projectRoute.js';
import { exitCodes } from '../../io/exitCode.js';
import type { Io } from '../../io/io.js';
import { flagName, type RawFlags } from '../../options/flags.js';
import { loadProject } from '../../project/project.js';
import { withReport } from '../../reporting/withReport.js';
import { listCases } from './listCases.js';
import { reportCheck } from './reportCheck.js';

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
