import { chooseTarget } from '../../../config/target.js';
import { findProvider } from '../../../providers/findProvider.js';
import { exitCodeOf, exitCodes } from '../../io/exitCode.js';
import type { Io } from '../../io/io.js';
import { readSendFlags } from '../../options/sendSettings.js';
import { loadProject } from '../../project/project.js';
import { madeFor } from '../../session/handshake/madeFor.js';
import { prepareHandshakes } from '../../session/handshake/prepareHandshakes.js';
import { handshakeReporter, runHandshakes } from '../../session/handshake/runHandshakes.js';
import { timeLimitOf, withReport } from '../../session/project/projectFlags.js';
import { projectRoute, withRoute } from '../../session/project/projectRoute.js';
import { projectSecrets } from '../../session/project/projectSecrets.js';
import { publicUrlNotes } from '../../session/project/publicUrlNotes.js';
import { historyWarning, secretWarnings } from '../../session/project/secretWarnings.js';
import { openTarget } from '../../session/target/target.js';
import { servedKeys } from '../../target/beforeAll.js';
import { preview } from '../../target/preview.js';
import { announceRoute } from '../../target/routeTalk.js';
import { sendTalk } from '../../target/talk.js';
import type { HandshakeCommandFlags } from './flags.js';

/** Where handshakes to the built-in receiver would go when they are only shown. */
const shownUrl = 'http://localhost:3000/';

/** Runs `handshake`; resolves with the exit code. */
export async function handshake(
  providerName: string,
  names: readonly string[],
  typed: HandshakeCommandFlags,
  io: Io,
): Promise<number> {
  const project = await loadProject(typed, io);
  const reported = withReport(typed, project, io);
  const provider = findProvider(providerName, project);
  const target = chooseTarget(project, typed);
  const flags = withRoute(reported, project, target);
  const settings = readSendFlags(flags);
  const scope = { provider, target: target.name };
  const timeLimitMs = timeLimitOf(project, flags, scope);
  const route = await projectRoute({ project, target, flags }, io);
  const secrets = await projectSecrets({ ...scope, project, flags }, io);
  const handshakes = await prepareHandshakes({ ...settings, provider, names, project, target, secrets }, io);
  const talk = sendTalk(io, flags.quiet === true);
  for (const line of [
    ...secretWarnings(secrets, provider),
    ...publicUrlNotes([provider], flags),
    historyWarning(flags, target, route),
  ]) {
    if (line !== null) talk.say(line);
  }
  if (flags.dryRun || flags.curl) {
    const urlFor = target.address === null ? () => shownUrl : target.urlFor;
    await preview(madeFor(handshakes, urlFor), route, flags, io);
    talk.say('Nothing was sent.');
    return exitCodes.ok;
  }
  const keys = await servedKeys(flags.serveKeys, [[provider, secrets]], talk);
  const open = await openTarget(target, provider, secrets, { talk, clock: io.clock });
  try {
    io.favourStart();
    announceRoute(route, open.url, io, flags.quiet === true);
    talk.start(provider, open, secrets);
    const reporter = handshakeReporter(flags, io);
    const run = { provider, handshakes, secrets, timeLimitMs };
    const summary = await runHandshakes([run], { open, route, talk, reporter, flags }, io);
    reporter.event(summary);
    talk.end(open);
    return exitCodeOf(summary, io.interrupted.reason);
  } finally {
    await open.close();
    await keys?.close();
  }
}
