import type { Route } from '../../core/route.js';
import type { RunEnded } from '../../core/run.js';
import { shakeHands } from '../../handshake/sendHandshakes.js';
import type { Reporter } from '../../report/shared/reporter.js';
import type { HandshakeRun } from '../../session/handshake/handshakeRun.js';
import type { OpenTarget } from '../../session/target/openTarget.js';
import { lateWarnings } from '../../simulate/lateWarnings.js';
import { Tally } from '../../simulate/tally.js';
import { Transport } from '../../transport/transport.js';
import { caughtUp } from '../io/caughtUp.js';
import type { Io } from '../io/io.js';
import type { SendTalk } from './talk.js';

/** What handshakes need to be sent and told. */
export interface HandshakeMeans {
  readonly open: OpenTarget;
  readonly route: Route;
  readonly talk: SendTalk;
  readonly report: Reporter;
}

/** Sends the handshakes of one provider or of several and reports each; resolves with what they came to. */
export async function runHandshakes(
  runs: readonly HandshakeRun[],
  { open, route, talk, report }: HandshakeMeans,
  io: Io,
): Promise<RunEnded> {
  const tally = new Tally();
  const transport = new Transport({ route });
  try {
    for (const { provider, handshakes, secrets, timeLimitMs } of runs) {
      for await (const event of shakeHands({
        provider,
        handshakes: handshakes.map(
          ({ makeFor }) =>
            () =>
              makeFor(open.urlFor),
        ),
        transport,
        clock: io.clock,
        timeLimitMs,
        signal: io.interrupted,
      })) {
        report.event(event);
        tally.add(event.ended);
        talk.ended(event.ended, provider, secrets);
        if (io.stdout.behind) await caughtUp(io.stdout.behind, io.interrupted);
      }
    }
    for (const warning of await lateWarnings(transport, io.interrupted)) {
      report.event(warning);
      tally.warn();
    }
  } finally {
    transport.close();
  }
  return tally.summary(io.interrupted.aborted);
}
