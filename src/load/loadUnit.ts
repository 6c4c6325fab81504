import { chooseByWeight, type Random, randomShare } from '../core/random.js';
import type { DeliveryEnded } from '../core/run.js';
import type { Variables } from '../core/variables.js';
import { instantiateFlow } from '../flow/instantiateFlow.js';
import type { PreparedFlow } from '../flow/prepareFlow.js';
import type { Freshness } from '../payloads/identityRenewal.js';
import { type PlannedDelivery, type PlannedEvent, roundPlanner } from '../simulate/plan.js';
import type { LoadShare } from './loadPart.js';

/** Sends a delivery now; resolves when it has ended. */
export type SendNow = (planned: PlannedDelivery) => Promise<DeliveryEnded>;

/** The deliveries of one arrival. */
export interface LoadUnit {
  readonly name: string;
  /** Its frequency relative to the other units. */
  readonly weight: number;
  /** Sends all that it is, one after the other; resolves when the last delivery has ended. */
  play(send: SendNow): Promise<unknown>;
}

interface UnitSurroundings {
  readonly weight: number;
  readonly random: Random;
  /** The time in deliveries, in milliseconds since 1970. */
  readonly now: () => number;
  /** The thread's share: counters in deliveries differ from thread to thread. */
  readonly share: LoadShare;
}

/** A unit that is one delivery of an event. */
export function eventLoadUnit(
  name: string,
  event: PlannedEvent,
  { weight, fresh, share, ...surroundings }: UnitSurroundings & { readonly fresh: Freshness },
): LoadUnit {
  const planRound = roundPlanner({ events: [event], fresh, ...surroundings });
  let next = share.index + 1;
  const play = (send: SendNow) => {
    const planned = planRound(next)(event, surroundings.now());
    next += share.of;
    return planned instanceof Promise ? planned.then(send) : send(planned);
  };
  return { name, weight, play };
}

/** A unit that is a whole flow with its own identities: each delivery is sent when the one before it has ended. */
export function flowLoadUnit(flow: PreparedFlow, { weight, random, now }: Omit<UnitSurroundings, 'share'>): LoadUnit {
  const play = async (send: SendNow) => {
    const startMs = now() - flow.totalMs;
    const instance = instantiateFlow(flow, { random, startMs });
    let variables: Variables = {};
    for (const step of flow.steps) {
      const ended = await send(await instance.deliverWith(step, now(), variables));
      const { taken, missing } = step.take(ended);
      // What the receiver did not answer ends this flow; the answer itself was counted.
      if (missing.length > 0) return;
      variables = { ...variables, ...taken };
    }
  };
  return { name: flow.name, weight, play };
}

/** Returns a function that chooses units by their weights. */
export function unitChooser(units: readonly LoadUnit[], random: Random): () => LoadUnit {
  if (units.length === 1) return () => units[0]!;
  const whole = units.reduce((sum, { weight }) => sum + weight, 0);
  return () => chooseByWeight(units, ({ weight }) => weight, randomShare(random) * whole) ?? units.at(-1)!;
}
