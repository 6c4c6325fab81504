import { previewUrls } from '../../../config/target.js';
import type { DeliveryEnded, RunEnded } from '../../../core/run.js';
import { logDeliveries } from '../../../history/logDeliveries.js';
import { readOptions } from '../../../options/readOptions.js';
import { type ResendValues, resendOptions } from '../../../options/resend.js';
import { keyOf } from '../../../session/resend/keptRequest.js';
import { openResend, sendKept } from '../../../session/resend/openResend.js';
import type { PlannedResend, ReadyResend } from '../../../session/resend/prepareResend.js';
import { openFlowTarget } from '../../../session/target/openFlowTarget.js';
import type { OpenTarget } from '../../../session/target/openTarget.js';
import { Transport } from '../../../transport/transport.js';
import { exitCodeOf, exitCodes } from '../../io/exitCode.js';
import type { Io } from '../../io/io.js';
import { waitForDrain } from '../../io/output.js';
import { showWaiting } from '../../io/showWaiting.js';
import type { Waiting } from '../../io/waitNotice.js';
import { flagName, type RawFlags } from '../../options/flags.js';
import { describeSigning, loadProject } from '../../project/project.js';
import { editPayload } from '../../prompts/editPayload.js';
import { nextCommand } from '../../reporting/nextCommand.js';
import { withReport } from '../../reporting/withReport.js';
import { openSendReport, preview } from '../../target/preview.js';
import { createStatusMessages, logRoute, type StatusMessages } from '../../target/statusMessages.js';

/** Runs `resend`; resolves with the exit code. */
export async function runResend(names: readonly string[], flags: RawFlags, io: Io): Promise<number> {
  const given = readOptions(resendOptions, flags, flagName);
  const project = await loadProject(given, io);
  const reported = withReport(given, project, io);
  const { ready, options } = await openResend(
    { project, names, edit: (payload) => editPayload(payload, io) },
    reported,
    io,
  );
  if (!options.quiet) for (const line of ready.warnings) io.stderr.write(`${line}\n`);
  return options.dryRun || options.curl ? show(ready, options, io) : reportResend(ready, options, io);
}

async function show({ target, route, deliveriesTo }: ReadyResend, options: ResendValues, io: Io): Promise<number> {
  const say = (line: string) => {
    if (!options.quiet) io.stderr.write(`${io.secrets.inText(line)}\n`);
  };
  const deliveries = await deliveriesTo(previewUrls(target), say);
  await preview(deliveries, route, options, io);
  say('Nothing was sent.');
  return exitCodes.ok;
}

/** Sends kept deliveries and reports them; resolves with the exit code. */
async function reportResend(ready: ReadyResend, options: ResendValues, io: Io): Promise<number> {
  const { route, secrets } = ready;
  const talk = createStatusMessages(io, options.quiet === true);
  const target = await openFlowTarget(ready.target, secrets, { talk, clock: io.clock });
  let waiting: Waiting | undefined;
  try {
    const planned = await ready.deliveriesTo(target.urlFor, talk.say);
    io.disableWasmTierUp();
    logRoute(route, target.url, io, options.quiet === true);
    talk.say(describeResend(planned, target, ready));
    const report = openSendReport(options, io, planned.length);
    const log = logDeliveries({ project: ready.project, command: 'resend' }, options, io);
    let summary: RunEnded | undefined;
    const means = { transport: new Transport({ route }), log };
    waiting = showWaiting(`Waiting for ${io.secrets.inText(target.shown)} to answer`, options, io);
    for await (const { event, sent, key } of sendKept(planned, ready, means, io)) {
      report.event(event);
      if (sent) {
        const shown = report.mask.delivery(event);
        const rejected = { event: shown, provider: providerOf(sent, ready), target: ready.target.name, options };
        hint(shown, sent, { ready, talk, next: nextCommand(rejected, { key, isOnly: planned.length === 1 }, io) });
      } else if (event.type === 'summary') {
        summary = event;
      }
      if (io.stdout.behind) await waitForDrain(io.stdout.behind, io.interrupted);
    }
    waiting.end();
    log.close();
    talk.end(target);
    return exitCodeOf(summary!, io.interrupted.reason);
  } finally {
    waiting?.end();
    await target.close();
  }
}

function providerOf({ entry }: PlannedResend, { secrets }: ReadyResend) {
  return [...secrets.keys()].find(({ name }) => name === entry.provider)!;
}

function secretsOf(sent: PlannedResend, ready: ReadyResend) {
  return ready.secrets.get(providerOf(sent, ready))!;
}

/** Describes a resend: its deliveries, their target, and whether anything of them is new. */
function describeResend(planned: readonly PlannedResend[], target: OpenTarget, ready: ReadyResend): string {
  const [first] = planned;
  const renewed = planned.filter(({ isRenewed }) => isRenewed);
  const what =
    planned.length === 1
      ? `${first!.entry.provider} ${first!.entry.event} (${keyOf(first!.entry)})`
      : `${planned.length} deliveries`;
  const how =
    renewed.length === 0
      ? 'as kept'
      : `renewed, ${describeSigning(secretsOf(renewed[0]!, ready).slice(0, 1), providerOf(renewed[0]!, ready))}`;
  return `Resending ${what} to ${target.shown}, ${how}`;
}

/** Prints a hint where it was not accepted; about the signature only where the secret that made it is known. */
function hint(
  event: DeliveryEnded,
  sent: PlannedResend,
  { ready, talk, next }: { ready: ReadyResend; talk: StatusMessages; next: string },
): void {
  const { ok, outcome, attempts } = event;
  const doubtsSignature = outcome === 'rejected' && [400, 401, 403].includes(attempts.at(-1)!.status ?? 0);
  if (!doubtsSignature || sent.isSigned) {
    talk.ended(event, providerOf(sent, ready), secretsOf(sent, ready), next);
  } else if (!ok && sent.entry.forge === null) {
    talk.say('  hint: this signature was made with another secret. Sign it again with --secret.');
  }
}
