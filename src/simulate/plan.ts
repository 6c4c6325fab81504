import type { Copy, Fault } from '../core/attempt.js';
import type { Delivery } from '../core/delivery.js';
import type { IdentityGroup } from '../core/provider.js';
import type { Random } from '../core/random.js';
import { readTime } from '../core/time.js';
import type { DeliveryMaker } from '../delivery/compile.js';
import type { AttemptContext } from '../delivery/source.js';
import { type CompiledPayload, fillPayload } from '../payloads/compiled.js';
import { type Freshness, IdentityRenewal } from '../payloads/identityRenewal.js';
import type { PlaceholderContext } from '../payloads/placeholders.js';
import type { EventRules } from '../policy/rules.js';

/** One event of a run: what makes its deliveries, and the rules that judge them. */
export interface PlannedEvent {
  readonly payload: CompiledPayload;
  /** In place of `payload`, where each delivery has its own. */
  readonly rebuild?: ((context: PlaceholderContext) => CompiledPayload) | null;
  readonly identityGroup: IdentityGroup | undefined;
  readonly make: DeliveryMaker;
  readonly rules: EventRules;
}

/** A delivery that is ready to go, and the rules that judge its answer. */
export interface PlannedDelivery {
  readonly delivery: Delivery;
  readonly rules: EventRules;
  /** Makes what its provider sends at a retry; absent where that is the same delivery. */
  readonly again?: (attempt: AttemptContext) => Promise<Delivery>;
  readonly fault?: Fault;
  readonly copy?: Copy;
  /** True where the connection is opened for it and ends with its answer. */
  readonly ownConnection?: boolean;
}

/** The deliveries of a run, taken one by one. */
export type PlannedDeliveries = Iterable<PlannedDelivery> | AsyncIterable<PlannedDelivery>;

export interface PlanOptions {
  readonly events: readonly PlannedEvent[];
  /** The number of times that each event is sent. */
  readonly count: number;
  readonly fresh: Freshness;
  readonly random: Random;
  /** Milliseconds since 1970, read again for each delivery. */
  readonly now: () => number;
}

/** All deliveries of a run, each built when it is pulled: round by round, with every event in order. */
export async function* planDeliveries({ count, ...options }: PlanOptions): AsyncGenerator<PlannedDelivery, void> {
  const planRound = roundPlanner(options);
  for (let sequence = 1; sequence <= count; sequence++) {
    const planNext = planRound(sequence);
    for (const event of options.events) yield await planNext(event, options.now());
  }
}

/** Makes the next delivery of an event, as of a moment (milliseconds since 1970); a promise where a function signs it. */
export type DeliveryPlanner = (event: PlannedEvent, moment: number) => PlannedDelivery | Promise<PlannedDelivery>;

/** Makes the deliveries of a round, which share their identities where `fresh` is `all`; rounds are counted from 1. */
export function roundPlanner({ events, fresh, random, now }: Omit<PlanOptions, 'count'>) {
  const anchors = anchorsOf(events, fresh);
  return (sequence: number): DeliveryPlanner => {
    const renewals = fresh === 'all' ? new Map<IdentityGroup | undefined, IdentityRenewal>() : null;
    return (event, moment) => {
      const { payload, rebuild, identityGroup, make, rules } = event;
      let renewal = renewals?.get(identityGroup);
      if (!renewal) {
        const anchor = anchors.get(event);
        renewal = new IdentityRenewal(anchor === undefined ? 0 : moment - anchor, random);
        renewals?.set(identityGroup, renewal);
      }
      const identities = renewal;
      const fill = (time: number) => {
        if (rebuild) return { body: fillPayload(rebuild({ now: time, random, sequence }), identities) };
        return { body: fillPayload(payload, identities), payload };
      };
      const filled = fill(moment);
      const plan = (delivery: Delivery): PlannedDelivery => {
        if (rules.resend.length === 0 && !rules.tellsAttempt) return { delivery, rules };
        const again = async (attempt: AttemptContext) => {
          const later = now();
          const renewed = rules.resend.includes('body') ? fill(later) : filled;
          return make({ now: later, random, ...renewed, again: delivery, attempt });
        };
        return { delivery, rules, again };
      };
      const delivery = make({ now: moment, random, ...filled });
      return delivery instanceof Promise ? delivery.then(plan) : plan(delivery);
    };
  };
}

function timeOf({ eventTime }: CompiledPayload): number | undefined {
  return eventTime === null ? undefined : readTime(eventTime).ms;
}

/**
 * For each event the time of the samples that becomes now: its own, or where a whole group moves the latest at which one of its events
 * happened.
 */
function anchorsOf(events: readonly PlannedEvent[], fresh: Freshness): ReadonlyMap<PlannedEvent, number | undefined> {
  const own = new Map(events.map((event) => [event, timeOf(event.payload)]));
  if (fresh !== 'all') return own;
  const latest = new Map<IdentityGroup | undefined, number>();
  for (const [{ identityGroup }, time] of own) {
    if (time !== undefined) latest.set(identityGroup, Math.max(time, latest.get(identityGroup) ?? 0));
  }
  return new Map(events.map((event) => [event, latest.get(event.identityGroup)]));
}
