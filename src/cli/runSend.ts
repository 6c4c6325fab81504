import type { RunEnded } from '../core/run.js';
import { simulate } from '../simulate/simulate.js';
import { Transport } from '../transport/transport.js';
import { exitCodeOf } from './exitCode.js';
import type { Io } from './io.js';
import { chooseReporter } from './reporters.js';
import type { Prepared } from './send.js';
import type { SendFlags } from './sendCommand.js';
import { sendTalk } from './talk.js';
import { openTarget } from './target.js';

/** Runs of fewer deliveries end before an optimised parser would have paid for itself. */
const shortRun = 500;

/** Sends what is prepared and reports it; resolves with the exit code. */
export async function runSend(
  { provider, settings, secrets, address, deliveriesTo }: Prepared,
  flags: SendFlags,
  io: Io,
): Promise<number> {
  const talk = sendTalk(io, flags.quiet === true);
  const target = await openTarget(address, provider, secrets, talk);
  try {
    const { deliveries, total } = await deliveriesTo(target.url);
    if (total < shortRun) io.favourStart();
    talk.start(provider, target, secrets);
    const reporter = chooseReporter(flags, io, total);
    let summary: RunEnded | undefined;
    for await (const event of simulate({
      deliveries,
      transport: new Transport(),
      clock: io.clock,
      concurrency: settings.concurrency,
      timeLimitMs: settings.timeLimitMs,
      expect: settings.expect,
      signal: io.interrupted,
    })) {
      reporter.event(event);
      if (event.type === 'delivery') talk.ended(event, provider, secrets);
      else summary = event;
    }
    talk.end(target);
    return exitCodeOf(summary!, io.interrupted.reason);
  } finally {
    await target.close();
  }
}
