import { chooseTarget } from '../../../config/target.js';
import { handshakeOptions } from '../../../options/handshake.js';
import { assertOutputOptions } from '../../../options/output.js';
import { readOptions } from '../../../options/readOptions.js';
import { assertOneStdin } from '../../../options/send.js';
import { findProvider } from '../../../providers/findProvider.js';
import { handshakeText } from '../../../report/handshake/handshakeText.js';
import { madeFor } from '../../../session/handshake/madeFor.js';
import { prepareHandshakes } from '../../../session/handshake/prepareHandshakes.js';
import { timeLimitOf } from '../../../session/project/projectOptions.js';
import { projectRoute, withRoute } from '../../../session/project/projectRoute.js';
import { projectSecrets } from '../../../session/project/projectSecrets.js';
import { publicUrlNotes } from '../../../session/project/publicUrlNotes.js';
import { historyWarning, secretWarnings } from '../../../session/project/secretWarnings.js';
import { openTarget } from '../../../session/target/target.js';
import { exitCodeOf, exitCodes } from '../../io/exitCode.js';
import type { Io } from '../../io/io.js';
import { flagName, type RawFlags } from '../../options/flags.js';
import { loadProject } from '../../project/project.js';
import { openReport } from '../../reporting/openReport.js';
import { withReport } from '../../reporting/withReport.js';
import { servedKeys } from '../../target/beforeAll.js';
import { preview } from '../../target/preview.js';
import { announceRoute } from '../../target/routeTalk.js';
import { runHandshakes } from '../../target/runHandshakes.js';
import { sendTalk } from '../../target/talk.js';

/** Where handshakes to the built-in receiver would go when they are only shown. */
const shownUrl = 'http://localhost:3000/';

/** Runs `handshake`; resolves with the exit code. */
export async function runHandshake(
  providerName: string,
  names: readonly string[],
  flags: RawFlags,
  io: Io,
): Promise<number> {
  const given = readOptions(handshakeOptions, flags, flagName);
  assertOneStdin(given.secret ?? []);
  assertOutputOptions(given);
  const project = await loadProject(given, io);
  const reported = withReport(given, project, io);
  const provider = findProvider(providerName, project);
  const target = chooseTarget(project, given);
  const options = withRoute(reported, project, target);
  const { header = [], seed = null, now = null } = options;
  const scope = { provider, target: target.name };
  const timeLimitMs = timeLimitOf(project, options, scope);
  const route = await projectRoute({ project, target, options }, io);
  const secrets = await projectSecrets({ ...scope, project, options }, io);
  const handshakes = await prepareHandshakes(
    { headers: header, seed, now, provider, names, project, target, secrets },
    io,
  );
  const talk = sendTalk(io, options.quiet === true);
  for (const line of [
    ...secretWarnings(secrets, provider),
    ...publicUrlNotes([provider], options),
    historyWarning(options, target, route, io),
  ]) {
    if (line !== null) talk.say(line);
  }
  if (options.dryRun || options.curl) {
    const urlFor = target.address === null ? () => shownUrl : target.urlFor;
    await preview(madeFor(handshakes, urlFor), route, options, io);
    talk.say('Nothing was sent.');
    return exitCodes.ok;
  }
  const keys = await servedKeys(options.serveKeys, [[provider, secrets]], talk);
  const open = await openTarget(target, provider, secrets, { talk, clock: io.clock });
  try {
    io.favourStart();
    announceRoute(route, open.url, io, options.quiet === true);
    talk.start(provider, open, secrets);
    const report = openReport(options, io, handshakeText);
    const run = { provider, handshakes, secrets, timeLimitMs };
    const summary = await runHandshakes([run], { open, route, talk, report }, io);
    report.event(summary);
    talk.end(open);
    return exitCodeOf(summary, io.interrupted.reason);
  } finally {
    await open.close();
    await keys?.close();
  }
}
