import { readOptions } from '../../../options/readOptions.js';
import { type ResendValues, resendOptions } from '../../../options/resend.js';
import { openResend } from '../../../session/resend/openResend.js';
import type { ReadyResend } from '../../../session/resend/prepareResend.js';
import { exitCodes } from '../../io/exitCode.js';
import type { Io } from '../../io/io.js';
import { flagName, type RawFlags } from '../../options/flags.js';
import { loadProject } from '../../project/project.js';
import { withReport } from '../../reporting/withReport.js';
import { preview } from '../../target/preview.js';
import { reportResend } from './reportResend.js';

/** Where deliveries to the built-in receiver would go when they are only shown. */
const shownUrl = 'http://localhost:3000/';

/** Runs `resend`; resolves with the exit code. */
export async function runResend(names: readonly string[], flags: RawFlags, io: Io): Promise<number> {
  const given = readOptions(resendOptions, flags, flagName);
  const project = await loadProject(given, io);
  const reported = withReport(given, project, io);
  const { ready, options } = await openResend({ project, names }, reported, io);
  if (!options.quiet) for (const line of ready.warnings) io.stderr.write(`${line}\n`);
  return options.dryRun || options.curl ? show(ready, options, io) : reportResend(ready, options, io);
}

async function show({ target, route, deliveriesTo }: ReadyResend, options: ResendValues, io: Io): Promise<number> {
  const say = (line: string) => {
    if (!options.quiet) io.stderr.write(`${line}\n`);
  };
  const deliveries = await deliveriesTo(target.address === null ? () => shownUrl : target.urlFor, say);
  await preview(deliveries, route, options, io);
  say('Nothing was sent.');
  return exitCodes.ok;
}
