import { chooseTarget, previewUrls } from '../../../config/target.js';
import { handshakeOptions } from '../../../options/handshake.js';
import { readOptions } from '../../../options/readOptions.js';
import { findProvider } from '../../../providers/findProvider.js';
import { handshakeText } from '../../../report/handshake/handshakeText.js';
import { prepareHandshakeRun } from '../../../session/handshake/prepareHandshakeRun.js';
import { prepareInOrder } from '../../../session/handshake/prepareInOrder.js';
import { withRoute } from '../../../session/project/projectRoute.js';
import { openTarget } from '../../../session/target/target.js';
import { exitCodeOf, exitCodes } from '../../io/exitCode.js';
import type { Io } from '../../io/io.js';
import { flagName, type RawFlags } from '../../options/flags.js';
import { loadProject } from '../../project/project.js';
import { openReport } from '../../reporting/openReport.js';
import { withReport } from '../../reporting/withReport.js';
import { preview } from '../../target/preview.js';
import { runHandshakes } from '../../target/runHandshakes.js';
import { serveRunKeys } from '../../target/startup.js';
import { createStatusMessages, logRoute } from '../../target/statusMessages.js';

/** Runs `handshake`; resolves with the exit code. */
export async function runHandshake(
  providerName: string,
  names: readonly string[],
  flags: RawFlags,
  io: Io,
): Promise<number> {
  const given = readOptions(handshakeOptions, flags, flagName);
  const project = await loadProject(given, io);
  const reported = withReport(given, project, io);
  const provider = findProvider(providerName, project);
  const target = chooseTarget(project, given);
  const options = withRoute(reported, project, target);
  const ready = await prepareHandshakeRun({ provider, names, project, target }, options, io);
  const { handshakes, secrets, route } = ready;
  const talk = createStatusMessages(io, options.quiet === true);
  for (const line of ready.warnings) talk.say(line);
  if (options.dryRun || options.curl) {
    const urlFor = previewUrls(target);
    await preview(prepareInOrder(handshakes, urlFor), route, options, io);
    talk.say('Nothing was sent.');
    return exitCodes.ok;
  }
  const keys = await serveRunKeys(options.serveKeys, [[provider, secrets]], talk);
  const open = await openTarget(target, provider, secrets, { talk, clock: io.clock });
  try {
    io.disableWasmTierUp();
    logRoute(route, open.url, io, options.quiet === true);
    talk.start(provider, open, secrets);
    const report = openReport(options, io, handshakeText);
    const summary = await runHandshakes([ready], { open, project, target, route, talk, report, options }, io);
    report.event(summary);
    talk.end(open);
    return exitCodeOf(summary, io.interrupted.reason);
  } finally {
    await open.close();
    await keys?.close();
  }
}
