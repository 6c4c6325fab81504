import { chooseTarget } from '../../config/target.js';
import { findProvider } from '../../providers/findProvider.js';
import { servedKeys } from '../beforeAll.js';
import { exitCodeOf, exitCodes } from '../exitCode.js';
import type { HandshakeCommandFlags } from '../handshakeCommand.js';
import type { Io } from '../io.js';
import { preview } from '../preview.js';
import { loadProject } from '../project.js';
import { timeLimitOf, withReport } from '../projectFlags.js';
import { projectRoute, withRoute } from '../projectRoute.js';
import { projectSecrets } from '../projectSecrets.js';
import { publicUrlNotes } from '../publicUrlNotes.js';
import { announceRoute } from '../routeTalk.js';
import { historyWarning, secretWarnings } from '../secretWarnings.js';
import { readSendFlags } from '../sendSettings.js';
import { sendTalk } from '../talk.js';
import { openTarget } from '../target.js';
import { madeFor } from './madeFor.js';
import { prepareHandshakes } from './prepareHandshakes.js';
import { handshakeReporter, runHandshakes } from './runHandshakes.js';

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
  const provider = findProvider(providerName, project);
  const target = chooseTarget(project, typed);
  const flags = withRoute(withReport(typed, project), project, target);
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
