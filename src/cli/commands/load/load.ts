import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { chooseTarget } from '../../../config/target.js';
import type { LoadEnded } from '../../../core/load.js';
import { printable } from '../../../core/printable.js';
import { compareLoads } from '../../../load/compareLoads.js';
import { decisiveFailures, judgeLoad } from '../../../load/judgeLoad.js';
import { runLoad } from '../../../load/runLoad.js';
import { type LoadValues, loadOptions } from '../../../options/load.js';
import { readOptions } from '../../../options/readOptions.js';
import { loadLine, secondLine } from '../../../report/load/loadLines.js';
import { loadText, secondText } from '../../../report/load/loadText.js';
import { openLoad } from '../../../session/load/openLoad.js';
import { prepareLoad, type ReadyLoad } from '../../../session/load/prepareLoad.js';
import { withRoute } from '../../../session/project/projectRoute.js';
import { openFlowTarget } from '../../../session/target/openFlowTarget.js';
import { exitCodes } from '../../io/exitCode.js';
import type { Io } from '../../io/io.js';
import { flagName, type RawFlags } from '../../options/flags.js';
import { loadProject } from '../../project/project.js';
import { withReport } from '../../reporting/withReport.js';
import { announceRoute, sendTalk } from '../../target/talk.js';

/** Runs `load`; resolves with the exit code. */
export async function runLoadCommand(
  providerName: string | undefined,
  events: readonly string[],
  flags: RawFlags,
  io: Io,
): Promise<number> {
  const given = readOptions(loadOptions, flags, flagName);
  const project = await loadProject(given, io);
  const reported = withReport(given, project, io);
  const target = chooseTarget(project, given);
  const options = withRoute(reported, project, target);
  const ready = await prepareLoad({ project, provider: providerName ?? null, events, target }, options, io);
  for (const line of ready.warnings) if (!options.quiet) io.stderr.write(`${line}\n`);
  return reportLoad(ready, options, io);
}

/** Sends a load and reports it; resolves with the exit code. */
async function reportLoad(ready: ReadyLoad, options: LoadValues, io: Io): Promise<number> {
  const talk = sendTalk(io, options.quiet === true);
  const target = await openFlowTarget(ready.target, ready.secrets, { talk: sendTalk(io, true), clock: io.clock });
  try {
    const { plan, notes } = await openLoad(ready, target, io);
    for (const note of notes) talk.say(note);
    announceRoute(ready.route, target.url, io, options.quiet === true);
    talk.say(`${plan.units.map(({ name }) => name).join(', ')} to ${printable(target.shown)}`);
    let ended: LoadEnded | undefined;
    for await (const event of runLoad(plan)) {
      if (event.type === 'load') ended = event;
      else if (options.json) io.stdout.write(`${secondLine(event)}\n`);
      else if (!options.quiet) io.stderr.write(`${secondText(event)}\n`);
    }
    const comparison = ready.baseline ? compareLoads(ended!, ready.baseline, ready.tolerance) : [];
    const verdict = judgeLoad(ended!, ready.thresholds, comparison);
    const line = loadLine(ended!, verdict);
    if (options.save !== undefined) writeFileSync(resolve(io.cwd, options.save), `${line}\n`);
    io.stdout.write(
      options.json ? `${line}\n` : `${loadText(ended!, verdict, { isVerbose: options.verbose === true })}\n`,
    );
    if (ended!.interrupted) return io.interrupted.reason === 'SIGTERM' ? exitCodes.sigterm : exitCodes.sigint;
    const failed = decisiveFailures(ended!, verdict);
    if (failed.broken + failed.unreachable > 0) return exitCodes.broken;
    if (failed.timed_out > 0) return exitCodes.timedOut;
    return failed.rejected + failed.accepted > 0 ? exitCodes.rejected : exitCodes.ok;
  } finally {
    await target.close();
  }
}
