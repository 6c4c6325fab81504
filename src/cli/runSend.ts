import type { RunEnded } from '../core/run.js';
import { simulate } from '../simulate/simulate.js';
import { Transport } from '../transport/transport.js';
import { caughtUp } from './caughtUp.js';
import { exitCodeOf } from './exitCode.js';
import type { Io } from './io.js';
import type { Prepared } from './prepareSend.js';
import { chooseReporter } from './reporters.js';
import { announceRoute } from './routeTalk.js';
import type { SendFlags } from './sendCommand.js';
import { sendTalk } from './talk.js';
import { openTarget } from './target.js';

/** Runs of fewer deliveries end before an optimised parser would have paid for itself. */
const shortRun = 500;

/** Sends what is prepared and reports it; resolves with the exit code. */
export async function runSend(
  { provider, settings, secrets, target: chosen, route, deliveriesTo }: Prepared,
  flags: SendFlags,
  io: Io,
): Promise<number> {
  const talk = sendTalk(io, flags.quiet === true);
  const target = await openTarget(chosen, provider, secrets, talk);
  try {
    const { deliveries, total } = await deliveriesTo(target.urlFor);
    if (total < shortRun) io.favourStart();
    announceRoute(route, target.url, io, flags.quiet === true);
    talk.start(provider, target, secrets);
    const reporter = chooseReporter(flags, io, total);
    let summary: RunEnded | undefined;
    for await (const event of simulate({
      deliveries,
      transport: new Transport({ route }),
      clock: io.clock,
      concurrency: settings.concurrency,
      timeLimitMs: settings.timeLimitMs,
      expect: settings.expect,
      signal: io.interrupted,
    })) {
      reporter.event(event);
      if (event.type === 'delivery') talk.ended(event, provider, secrets);
      else summary = event;
      if (io.stdout.behind) await caughtUp(io.stdout.behind, io.interrupted);
    }
    talk.end(target);
    return exitCodeOf(summary!, io.interrupted.reason);
  } finally {
    await target.close();
  }
}
