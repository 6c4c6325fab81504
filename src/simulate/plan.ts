import type { Delivery } from '../core/delivery.js';
import type { Copy, Fault } from '../core/fault.js';
import type { Story } from '../core/provider.js';
import type { Random } from '../core/random.js';
import { readTime } from '../core/time.js';
import type { DeliveryMaker } from '../delivery/compile.js';
import { type CompiledPayload, fillPayload } from '../payloads/compiled.js';
import type { PlaceholderContext } from '../payloads/placeholders.js';
import { type Freshness, StoryRenewal } from '../payloads/renewal.js';
import type { EventRules } from '../policy/rules.js';

/** One event of a run: what makes its deliveries, and the rules that judge them. */
export interface PlannedEvent {
  readonly payload: CompiledPayload;
  /** In place of `payload`, where each delivery has its own. */
  readonly rebuild?: ((context: PlaceholderContext) => CompiledPayload) | null;
  readonly story: Story | undefined;
  readonly make: DeliveryMaker;
  readonly rules: EventRules;
}

/** A delivery that is ready to go, and the rules that judge its answer. */
export interface PlannedDelivery {
  readonly delivery: Delivery;
  readonly rules: EventRules;
  /** Makes what its provider sends at a retry; absent where that is the same delivery. */
  readonly again?: () => Promise<Delivery>;
  readonly fault?: Fault;
  readonly copy?: Copy;
  /** True where the connection is opened for it and ends with its answer. */
  readonly ownConnection?: boolean;
}

/** The deliveries of a run, taken one by one. */
export type PlannedDeliveries = Iterable<PlannedDelivery> | AsyncIterable<PlannedDelivery>;

export interface PlanOptions {
  readonly events: readonly PlannedEvent[];
  /** How many times each event is sent. */
  readonly count: number;
  readonly fresh: Freshness;
  readonly random: Random;
  /** Milliseconds since 1970, asked anew for each delivery. */
  readonly now: () => number;
}

/** All deliveries of a run, made one by one as they are asked for: round by round, each with every event in order. */
export async function* planDeliveries(options: PlanOptions): AsyncGenerator<PlannedDelivery, void> {
  const { events, count, fresh, random, now } = options;
  const anchors = latestEventTimes(events);
  for (let round = 0; round < count; round++) {
    const renewals = new Map<Story | undefined, StoryRenewal>();
    for (const { payload, rebuild, story, make, rules } of events) {
      const moment = now();
      let renewal = fresh === 'all' ? renewals.get(story) : undefined;
      if (!renewal) {
        const anchor = fresh === 'all' ? anchors.get(story) : timeOf(payload);
        renewal = new StoryRenewal(anchor === undefined ? 0 : moment - anchor, random);
        renewals.set(story, renewal);
      }
      const told = renewal;
      const fill = (time: number) =>
        fillPayload(rebuild ? rebuild({ now: time, random, sequence: round + 1 }) : payload, told);
      const bodyNow = fill(moment);
      const delivery = await make({ now: moment, random, body: bodyNow });
      const again = () => {
        const later = now();
        const body = rules.resend.includes('body') ? fill(later) : bodyNow;
        return make({ now: later, random, body, again: delivery });
      };
      yield rules.resend.length === 0 ? { delivery, rules } : { delivery, rules, again };
    }
  }
}

function timeOf({ eventTime }: CompiledPayload): number | undefined {
  return eventTime === null ? undefined : readTime(eventTime).ms;
}

/** For each story the latest time at which one of the events happened: the one that becomes now when a whole story moves. */
function latestEventTimes(events: readonly PlannedEvent[]): Map<Story | undefined, number> {
  const latest = new Map<Story | undefined, number>();
  for (const { payload, story } of events) {
    const time = timeOf(payload);
    if (time !== undefined) latest.set(story, Math.max(time, latest.get(story) ?? 0));
  }
  return latest;
}
