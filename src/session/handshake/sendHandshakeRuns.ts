import type { HandshakeEnded } from '../../core/handshake.js';
import type { Provider } from '../../core/provider.js';
import type { RunEnded, RunWarning } from '../../core/run.js';
import type { Secret } from '../../core/secret.js';
import type { World } from '../../core/world.js';
import { sendHandshakes } from '../../handshake/sendHandshakes.js';
import { lateWarnings } from '../../simulate/lateWarnings.js';
import { Tally } from '../../simulate/tally.js';
import type { DeliveryTransport } from '../../transport/deliveryTransport.js';
import type { OpenTarget } from '../target/openTarget.js';
import type { ReadyHandshake } from './prepareHandshakes.js';

/** An event of the handshakes of one or several providers, with its run. */
export type HandshakeReport =
  | { readonly event: HandshakeEnded; readonly run: HandshakeRun }
  | { readonly event: RunWarning | RunEnded; readonly run: null };

/** The target of handshakes. */
export interface HandshakeTarget {
  readonly urlFor: OpenTarget['urlFor'];
  /** Whoever made it closes it. */
  readonly transport: DeliveryTransport;
}

/** Sends handshakes in order: yields each as it ends, then what was odd on the wire, and the sums last. */
export async function* sendHandshakeRuns(
  runs: readonly HandshakeRun[],
  { urlFor, transport }: HandshakeTarget,
  io: World,
): AsyncGenerator<HandshakeReport, void> {
  const tally = new Tally();
  for (const run of runs) {
    const { provider, timeLimitMs } = run;
    const handshakes = run.handshakes.map(
      ({ makeFor }) =>
        () =>
          makeFor(urlFor),
    );
    const sent = sendHandshakes({
      ...{ provider, handshakes, transport, timeLimitMs },
      clock: io.clock,
      signal: io.interrupted,
    });
    for await (const event of sent) {
      tally.add(event.ended);
      yield { event, run };
    }
  }
  for (const event of await lateWarnings(transport, io.interrupted)) {
    tally.warn();
    yield { event, run: null };
  }
  yield { event: tally.summary(io.interrupted.aborted), run: null };
}

/** The handshakes of one provider, and by what they go. */
export interface HandshakeRun {
  readonly provider: Provider;
  readonly handshakes: readonly ReadyHandshake[];
  readonly secrets: readonly Secret[];
  readonly timeLimitMs: number | null;
}
