import { openLog } from '../../../history/openLog.js';
import { exitCodes } from '../../io/exitCode.js';
import type { Io } from '../../io/io.js';
import type { ResendFlags } from '../../options/flags/resend.js';
import { loadProject } from '../../project/project.js';
import { withReport } from '../../session/project/projectFlags.js';
import { withRoute } from '../../session/project/projectRoute.js';
import { chooseKept } from '../../session/resend/chooseKept.js';
import { prepareResend, type ReadyResend } from '../../session/resend/prepareResend.js';
import { resendTarget } from '../../session/resend/resendTarget.js';
import { preview } from '../../target/preview.js';
import { runResend } from './runResend.js';

/** Where deliveries to the built-in receiver would go when they are only shown. */
const shownUrl = 'http://localhost:3000/';

/** Runs `resend`; resolves with the exit code. */
export async function resend(names: readonly string[], typed: ResendFlags, io: Io): Promise<number> {
  const project = await loadProject(typed, io);
  const reported = withReport(typed, project, io);
  const deliveries = chooseKept(openLog(project, io), names, typed);
  const to = resendTarget(project, typed, deliveries);
  const flags = withRoute({ ...to.way, ...reported }, project, to.target);
  const ready = await prepareResend({ project, deliveries, to }, flags, io);
  if (!flags.quiet) for (const line of ready.warnings) io.stderr.write(`${line}\n`);
  return flags.dryRun || flags.curl ? show(ready, flags, io) : runResend(ready, flags, io);
}

async function show({ target, route, deliveriesTo }: ReadyResend, flags: ResendFlags, io: Io): Promise<number> {
  const say = (line: string) => {
    if (!flags.quiet) io.stderr.write(`${line}\n`);
  };
  const deliveries = await deliveriesTo(target.address === null ? () => shownUrl : target.urlFor, say);
  await preview(deliveries, route, flags, io);
  say('Nothing was sent.');
  return exitCodes.ok;
}
