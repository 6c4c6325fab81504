import { printable } from '../../../core/printable.js';
import type { RunEnded } from '../../../core/run.js';
import { logDeliveries } from '../../../history/logDeliveries.js';
import type { SendValues } from '../../../options/send.js';
import type { Prepared } from '../../../session/send/prepareSend.js';
import { sendPrepared } from '../../../session/send/sendPrepared.js';
import { openTarget } from '../../../session/target/target.js';
import { exitCodeOf } from '../../io/exitCode.js';
import type { Io } from '../../io/io.js';
import { waitForDrain } from '../../io/output.js';
import { showWaiting } from '../../io/showWaiting.js';
import type { Waiting } from '../../io/waitNotice.js';
import { nextCommand } from '../../reporting/nextCommand.js';
import { openSendReport } from '../../target/preview.js';
import { sendFirstHandshakes, serveRunKeys } from '../../target/startup.js';
import { createStatusMessages, logRoute } from '../../target/statusMessages.js';

/** Runs of fewer deliveries end before an optimised parser would have paid for itself. */
const shortRun = 500;

const replayHint =
  '  hint: this was sent as captured, so its signature may be too old, or made with another secret. Leave out --exact to sign it again.';

/** Sends the prepared deliveries and reports them; resolves with the exit code. */
export async function reportSend(prepared: Prepared, options: SendValues, io: Io): Promise<number> {
  const { provider, settings, secrets, route, retry, handshakes } = prepared;
  const talk = createStatusMessages(io, options.quiet === true);
  const keys = await serveRunKeys(options.serveKeys, [[provider, secrets]], talk);
  const target = await openTarget(prepared.target, provider, secrets, { talk, clock: io.clock });
  let waiting: Waiting | undefined;
  try {
    const planned = await prepared.deliveriesTo(target.urlFor);
    for (const note of planned.notes) talk.say(note);
    const total = planned.total * settings.copies;
    if (total < shortRun) io.disableWasmTierUp();
    logRoute(route, target.url, io, options.quiet === true);
    if (prepared.isReplay) talk.say(`${provider.title} to ${printable(target.shown)}, as captured`);
    else talk.start(provider, target, secrets);
    const runs = [{ provider, handshakes, secrets, timeLimitMs: settings.timeLimitMs }];
    const ended = await sendFirstHandshakes(
      { runs, open: target, route, talk, project: prepared.project, target: prepared.target },
      options,
      io,
    );
    if (ended !== null) return ended;
    const verdict = retry && new (await import('../../../report/run/verdict.js')).RetryVerdict(provider, retry);
    if (verdict) talk.say(verdict.outlook(retry!.plan.speed));
    const report = openSendReport(options, io, total);
    const log = logDeliveries({ project: prepared.project, command: 'send' }, options, io);
    let summary: RunEnded | undefined;
    waiting = showWaiting(
      `Waiting for ${target.shown} to answer${retry ? ', or for the next retry' : ''}`,
      options,
      io,
    );
    for await (const { event, key } of sendPrepared(prepared, planned, log, io)) {
      report.event(event);
      if (event.type === 'delivery') {
        if (!event.ok) {
          const shown = report.mask.delivery(event);
          const rejected = { event: shown, provider, target: prepared.target.name, options };
          if (prepared.isReplay && shown.outcome === 'rejected') talk.say(replayHint);
          else talk.ended(shown, provider, secrets, nextCommand(rejected, { key, isOnly: total === 1 }, io));
        }
        verdict?.add(event);
      } else if (event.type === 'summary') {
        summary = event;
      }
      if (io.stdout.behind) await waitForDrain(io.stdout.behind, io.interrupted);
    }
    waiting.end();
    log.close();
    for (const line of verdict?.lines() ?? []) talk.say(line);
    if (summary!.disabled?.length) {
      const { disabledLines } = await import('../../../report/run/disabledLines.js');
      for (const line of disabledLines(summary!, provider)) talk.say(line);
    }
    talk.end(target);
    return exitCodeOf(summary!, io.interrupted.reason);
  } finally {
    waiting?.end();
    await target.close();
    await keys?.close();
  }
}
