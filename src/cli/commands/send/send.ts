import { chooseTarget } from '../../../config/target.js';
import { hasKeyPair } from '../../../core/schemeFacts.js';
import { exitCodes } from '../../io/exitCode.js';
import type { Io } from '../../io/io.js';
import type { SendFlags } from '../../options/flags/send.js';
import { loadProject } from '../../project/project.js';
import { madeFor } from '../../session/handshake/madeFor.js';
import { withReport } from '../../session/project/projectFlags.js';
import { withRoute } from '../../session/project/projectRoute.js';
import { type Prepared, prepareSend } from '../../session/send/prepareSend.js';
import { preview } from '../../target/preview.js';
import { runSend } from './runSend.js';
import { whatToSend } from './whatToSend.js';

/** Where deliveries that are only shown would go when no target is named. */
const shownUrl = 'http://localhost:3000/';

/** Runs `send`; resolves with the exit code. */
export async function send(
  providerName: string | undefined,
  eventNames: readonly string[],
  typed: SendFlags,
  io: Io,
): Promise<number> {
  const project = await loadProject(typed, io);
  const reported = withReport(typed, project, io);
  const what = await whatToSend({ known: project, providerName, eventNames }, typed, io);
  if (what === null) return exitCodes.sigint;
  const { provider, events } = what;
  const target = chooseTarget(project, typed);
  const flags = withRoute(reported, project, target);
  const prepared = await prepareSend({ provider, events, project, target }, flags, io);
  if (!flags.quiet) for (const line of prepared.warnings) io.stderr.write(`${line}\n`);
  if (flags.dryRun || flags.curl) return show(prepared, flags, io);
  return runSend(prepared, flags, io);
}

async function show(
  { provider, target, route, handshakes, deliveriesTo }: Prepared,
  flags: SendFlags,
  io: Io,
): Promise<number> {
  const urlFor = target.address === null ? () => shownUrl : target.urlFor;
  const { deliveries } = await deliveriesTo(urlFor);
  await preview(madeFor(handshakes, urlFor), route, flags, io);
  await preview(deliveries, route, flags, io);
  if (!flags.quiet) {
    if (hasKeyPair(provider)) {
      io.stderr.write(`The receiver verifies with the public key: webhook-sim keys ${provider.name}\n`);
    }
    io.stderr.write('Nothing was sent.\n');
  }
  return exitCodes.ok;
}
