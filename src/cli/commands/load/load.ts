import { chooseTarget } from '../../../config/target.js';
import type { LoadSecond } from '../../../core/load.js';
import { printable } from '../../../core/printable.js';
import { logDeliveries } from '../../../history/logDeliveries.js';
import { secondsOf } from '../../../load/arrivals.js';
import { decisiveFailures } from '../../../load/judgeLoad.js';
import { type LoadValues, loadOptions } from '../../../options/load.js';
import { readOptions } from '../../../options/readOptions.js';
import { LiveView } from '../../../report/load/liveView.js';
import { loadLine, secondLine } from '../../../report/load/loadLines.js';
import { loadText, secondText } from '../../../report/load/loadText.js';
import { logLoad } from '../../../session/load/logLoad.js';
import { type OpenLoad, openLoad } from '../../../session/load/openLoad.js';
import { prepareLoad, type ReadyLoad } from '../../../session/load/prepareLoad.js';
import { type JudgedLoad, sendLoad } from '../../../session/load/sendLoad.js';
import { withRoute } from '../../../session/project/projectRoute.js';
import { openFlowTarget } from '../../../session/target/openFlowTarget.js';
import { wantsUnicode } from '../../io/colour.js';
import { exitCodeOf, exitCodes } from '../../io/exitCode.js';
import type { Io } from '../../io/io.js';
import { flagName, type RawFlags } from '../../options/flags.js';
import { loadProject } from '../../project/project.js';
import { withReport } from '../../reporting/withReport.js';
import { createStatusMessages, logRoute } from '../../target/statusMessages.js';
import { openLoadReports } from './loadReports.js';

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
  const talk = createStatusMessages(io, options.quiet === true);
  const inputs = [options.data, options.raw, ready.project.file].flatMap((file) => file ?? []);
  const reports = await openLoadReports(options, io, inputs);
  const target = await openFlowTarget(ready.target, ready.secrets, {
    talk: createStatusMessages(io, true),
    clock: io.clock,
  });
  try {
    const opened = await openLoad(ready, target, io);
    for (const note of opened.notes) talk.say(note);
    logRoute(ready.route, target.url, io, options.quiet === true);
    const names = opened.names.join(', ');
    talk.say(`${names} to ${printable(target.shown)}`);
    const show = secondsOnStderr(opened, options, io);
    let judged: JudgedLoad | undefined;
    const startedAt = io.clock.now();
    for await (const event of sendLoad(ready, opened)) {
      if (event.type === 'judged') judged = event;
      else if (options.json) io.stdout.write(`${secondLine(event)}\n`);
      else show(event);
    }
    const { ended, verdict } = judged!;
    const log = logDeliveries({ project: ready.project, command: 'load' }, options, io);
    logLoad(log, { ready, names: opened.names, url: target.url, startedAt, judged: judged! });
    const isLost = await reports.write({ name: `${names} to ${target.shown}`, ended, verdict });
    const text = options.json
      ? loadLine(ended, verdict)
      : loadText(ended, verdict, { isVerbose: options.verbose === true });
    const out = reports.takeStdout ? io.stderr : io.stdout;
    out.write(`${io.secrets.inText(text)}\n`);
    talk.end(target);
    const code = exitCodeOf({ ...ended, failed: decisiveFailures(ended, verdict) }, io.interrupted.reason);
    return code === exitCodes.ok && isLost ? exitCodes.usage : code;
  } finally {
    await reports.discard();
    await target.close();
  }
}

/** Shows each second to people: in place on a terminal, as lines elsewhere. */
function secondsOnStderr({ stages }: OpenLoad, { quiet }: LoadValues, io: Io): (second: LoadSecond) => void {
  if (quiet) return () => {};
  const { stderr, env } = io;
  if (!stderr.isTTY || env.CI || env.TERM === 'dumb') return (second) => stderr.write(`${secondText(second)}\n`);
  const view = new LiveView(secondsOf(stages), { columns: stderr.columns, unicode: wantsUnicode(env) });
  return (second) => stderr.write(view.add(second));
}
