import { chooseTarget } from '../../config/target.js';
import { printable } from '../../report/printable.js';
import { exitCodes } from '../exitCode.js';
import type { FlowFlags } from '../flowCommand.js';
import type { Io } from '../io.js';
import { loadProject } from '../project.js';
import { withReport } from '../projectFlags.js';
import { withRoute } from '../projectRoute.js';
import { chooseFlows } from './chooseFlows.js';
import { readFlowFlags } from './flowSettings.js';
import { listFlows } from './listFlows.js';
import { prepareRun } from './prepareRun.js';
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
  const { flows, isList, broken = [] } = chooseFlows(first, name, typed, project);
  if (isList) {
    for (const { message } of broken) io.stderr.write(`${printable(message)}\n`);
    await listFlows(flows, { ...typed, steps: name !== undefined || typed.list === true }, io);
    return exitCodes.ok;
  }
  const target = chooseTarget(project, typed);
  const flags = withRoute(withReport(typed, project), project, target);
  const ready = await prepareRun({ scripts: flows.map(({ script }) => script), settings, project, target }, flags, io);
  if (!flags.quiet) for (const line of ready.warnings) io.stderr.write(`${line}\n`);
  return flags.dryRun ? previewFlows(ready, flags, io) : runFlows(ready, flags, io);
}
