import type { Clock } from '../core/clock.js';
import type { Delivery } from '../core/delivery.js';
import type { HandshakeEnded } from '../core/handshake.js';
import type { Provider } from '../core/provider.js';
import type { DeliveryEnded } from '../core/run.js';
import { eventRules } from '../policy/rules.js';
import type { PlannedDelivery } from '../simulate/plan.js';
import { sendPlanned } from '../simulate/simulate.js';
import type { Carrier } from '../transport/carrier.js';
import type { PreparedHandshake } from './handshake.js';
import { describeExpected, judgeHandshake } from './judgeHandshake.js';

export interface ShakingOptions {
  readonly provider: Provider;
  /** Makes each of them when it is sent, in order. */
  readonly handshakes: readonly (() => Promise<PreparedHandshake>)[];
  readonly transport: Carrier;
  readonly clock: Clock;
  /** Milliseconds, in place of the handshakes' own limits and the provider's. */
  readonly timeLimitMs: number | null;
  readonly signal: AbortSignal;
}

/** Sends a provider's handshakes one after the other, whatever comes of them; those that a signal cut off never end. */
export async function* sendHandshakes(options: ShakingOptions): AsyncGenerator<HandshakeEnded, void> {
  const { provider, handshakes, timeLimitMs, ...means } = options;
  const made = new Map<Delivery, PreparedHandshake>();
  const deliveries = async function* (): AsyncGenerator<PlannedDelivery> {
    for (const make of handshakes) {
      const prepared = await make();
      made.set(prepared.delivery, prepared);
      yield planned(prepared, provider, timeLimitMs);
    }
  };
  const events = sendPlanned({
    ...means,
    deliveries: deliveries(),
    concurrency: 1,
    timeLimitMs: null,
    expect: null,
    keepOpen: true,
  });
  for await (const event of events) {
    if (event.type === 'delivery') yield judged(made.get(event.delivery)!, event);
  }
}

/** A handshake as a delivery with rules of its own. */
function planned(
  { delivery, handshake, isRightStatus, withinMs }: PreparedHandshake,
  provider: Provider,
  timeLimitMs: number | null,
): PlannedDelivery {
  const rules = eventRules(provider, undefined);
  return {
    delivery,
    rules: {
      ...rules,
      timeLimitMs: timeLimitMs ?? withinMs ?? rules.timeLimitMs,
      success: isRightStatus,
      successText: handshake.answer.status,
      resend: [],
      disabling: null,
    },
  };
}

function judged(prepared: PreparedHandshake, event: DeliveryEnded): HandshakeEnded {
  const problem = judgeHandshake(prepared, event.attempts.at(-1)!);
  const outcome = problem !== null && event.outcome === 'accepted' ? 'rejected' : event.outcome;
  return {
    type: 'handshake',
    handshake: prepared.handshake,
    awaited: describeExpected(prepared),
    ended: { ...event, outcome, ok: problem === null },
    problem,
  };
}
