import { chooseTarget } from '../../../config/target.js';
import { printable } from '../../../core/printable.js';
import { exitCodes } from '../../io/exitCode.js';
import type { Io } from '../../io/io.js';
import type { FlowFlags } from '../../options/flags/flow.js';
import { loadProject } from '../../project/project.js';
import { chooseFlows } from '../../session/flow/chooseFlows.js';
import { readFlowFlags } from '../../session/flow/flowSettings.js';
import { prepareRun } from '../../session/flow/prepareRun.js';
import { withReport } from '../../session/project/projectFlags.js';
import { withRoute } from '../../session/project/projectRoute.js';
import { listFlows } from './listFlows.js';
import { previewFlows } from './previewFlows.js';
import { runFlows } from './runFlows.js';

/** Runs `flow`; resolves with the exit code. */
export async function flow(
  first: string | undefined,
  name: string | undefined,
  typed: FlowFlags,
  io: Io,
): Promise<number> {
  const settings = readFlowFlags(typed);
  const project = await loadProject(typed, io);
  const reported = withReport(typed, project, io);
  const { flows, isList, broken = [] } = chooseFlows(first, name, typed, project);
  if (isList) {
    for (const { message } of broken) io.stderr.write(`${printable(message)}\n`);
    await listFlows(flows, { ...typed, steps: name !== undefined || typed.list === true }, io);
    return exitCodes.ok;
  }
  const target = chooseTarget(project, typed);
  const flags = withRoute(reported, project, target);
  const ready = await prepareRun({ scripts: flows.map(({ script }) => script), settings, project, target }, flags, io);
  if (!flags.quiet) for (const line of ready.warnings) io.stderr.write(`${line}\n`);
  return flags.dryRun ? previewFlows(ready, flags, io) : runFlows(ready, flags, io);
}
