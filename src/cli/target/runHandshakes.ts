import type { Route } from '../../core/route.js';
import type { RunEnded } from '../../core/run.js';
import { shakeHands } from '../../handshake/sendHandshakes.js';
import { handshakeLines } from '../../report/handshake/handshakeLines.js';
import { type HandshakeReporter, handshakeText } from '../../report/handshake/handshakeText.js';
import { EventMask } from '../../report/shared/eventMask.js';
import type { HandshakeRun } from '../../session/handshake/handshakeRun.js';
import type { OpenTarget } from '../../session/target/openTarget.js';
import { lateWarnings } from '../../simulate/lateWarnings.js';
import { Tally } from '../../simulate/tally.js';
import { Transport } from '../../transport/transport.js';
import { caughtUp } from '../io/caughtUp.js';
import { wantsColour, wantsUnicode } from '../io/colour.js';
import type { Io } from '../io/io.js';
import type { SendTalk } from './talk.js';

/** How they are told. */
export interface HandshakeOutput {
  readonly json?: boolean;
  readonly verbose?: boolean;
  readonly quiet?: boolean;
}

/** What handshakes need to be sent and told. */
export interface HandshakeMeans {
  readonly open: OpenTarget;
  readonly route: Route;
  readonly talk: SendTalk;
  readonly reporter: HandshakeReporter;
}

/** Sends the handshakes of one provider or of several and reports each; resolves with what they came to. */
export async function runHandshakes(
  runs: readonly HandshakeRun[],
  { open, route, talk, reporter }: HandshakeMeans,
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
        reporter.event(event);
        tally.add(event.ended);
        talk.ended(event.ended, provider, secrets);
        if (io.stdout.behind) await caughtUp(io.stdout.behind, io.interrupted);
      }
    }
    for (const warning of await lateWarnings(transport, io.interrupted)) {
      reporter.event(warning);
      tally.warn();
    }
  } finally {
    transport.close();
  }
  return tally.summary(io.interrupted.aborted);
}

/** The report of handshakes that the options ask for. */
export function handshakeReporter(options: HandshakeOutput, io: Io): HandshakeReporter {
  const write = (text: string) => io.stdout.write(text);
  const mask = new EventMask(io.secrets);
  const report = options.json
    ? handshakeLines(write)
    : handshakeText(write, {
        colour: wantsColour(io.env, io.stdout),
        unicode: wantsUnicode(io.env),
        verbose: options.verbose === true,
      });
  return { event: (event) => report.event(mask.handshake(event)) };
}
