import { chooseTarget } from '../../../config/target.js';
import { printable } from '../../../core/printable.js';
import { flowOptions } from '../../../options/flow.js';
import { readOptions } from '../../../options/readOptions.js';
import { chooseFlows } from '../../../session/flow/chooseFlows.js';
import { flowSettings } from '../../../session/flow/flowSettings.js';
import { prepareRun } from '../../../session/flow/prepareRun.js';
import { withRoute } from '../../../session/project/projectRoute.js';
import { exitCodes } from '../../io/exitCode.js';
import type { Io } from '../../io/io.js';
import { flagName, type RawFlags } from '../../options/flags.js';
import { loadProject } from '../../project/project.js';
import { withReport } from '../../reporting/withReport.js';
import { listFlows } from './listFlows.js';
import { previewFlows } from './previewFlows.js';
import { reportFlows } from './reportFlows.js';

/** Runs `flow`; resolves with the exit code. */
export async function runFlow(
  first: string | undefined,
  name: string | undefined,
  flags: RawFlags,
  io: Io,
): Promise<number> {
  const given = readOptions(flowOptions, flags, flagName);
  const settings = flowSettings(given);
  const project = await loadProject(given, io);
  const reported = withReport(given, project, io);
  const { flows, isList, broken = [] } = chooseFlows(first, name, given, project);
  if (isList) {
    for (const { message } of broken) io.stderr.write(`${printable(message)}\n`);
    await listFlows(flows, { ...given, steps: name !== undefined || given.list === true }, io);
    return exitCodes.ok;
  }
  const target = chooseTarget(project, given);
  const options = withRoute(reported, project, target);
  const ready = await prepareRun(
    { scripts: flows.map(({ script }) => script), settings, project, target },
    options,
    io,
  );
  if (!options.quiet) for (const line of ready.warnings) io.stderr.write(`${line}\n`);
  return options.dryRun ? previewFlows(ready, options, io) : reportFlows(ready, options, io);
}
