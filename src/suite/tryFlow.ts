import type { Outcome } from '../core/attempt.js';
import type { FlowEvent, OrdersEvent } from '../core/flow.js';
import type { Failure } from '../core/suite.js';
import type { Expectation } from './expectation.js';
import { FailureCount, worstOutcome } from './failureCount.js';
import { DeliverySampler } from './sampleDeliveries.js';
import type { ItemResult, TriedItem, UnitContext } from './unit.js';

/** Places of an ordering that are reported, where its state is another. */
const shownDifferences = 5;

export interface FlowTrial extends Pick<UnitContext, 'onDelivery' | 'signal'> {
  readonly item: TriedItem;
  /** The expectation of each delivery. */
  readonly expectation: Expectation;
  /** The flow as it is sent. */
  readonly events: AsyncIterable<FlowEvent | OrdersEvent>;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
}

/** Sends a flow as a case of a suite. */
export async function* tryFlow({
  item,
  expectation,
  events,
  startedAt,
  onDelivery,
  signal,
}: FlowTrial): AsyncGenerator<ItemResult> {
  const gathering = new DeliverySampler();
  const wrongOnes = new FailureCount();
  const failures: Failure[] = [];
  const outcomes = new Set<Outcome>();
  for await (const event of events) {
    if (event.type !== 'delivery') {
      failures.push(...failuresOf(event));
      if (event.type === 'state' && event.failed !== null) outcomes.add(event.failed);
      if (event.type === 'orders') for (const outcome of event.failedProbes) outcomes.add(outcome);
      continue;
    }
    const wrong = expectation(event);
    const judged = { ...event, ok: wrong.length === 0 };
    if (!judged.ok) outcomes.add(event.outcome);
    wrongOnes.add(wrong.map((failure) => ({ ...failure, message: `${event.delivery.event}: ${failure.message}` })));
    gathering.add(judged);
    onDelivery(judged, item);
  }
  if (signal.aborted) return;
  const { deliveries, count } = gathering;
  yield {
    item,
    failures: [...wrongOnes.listed(count), ...failures],
    deliveries,
    more: count - deliveries.length,
    outcome: worstOutcome(outcomes),
    startedAt,
    check: null,
    captured: {},
  };
}

/** Returns the failures other than those of deliveries. */
function failuresOf(event: Exclude<FlowEvent | OrdersEvent, { type: 'delivery' }>): Failure[] {
  if (event.type === 'stopped') return [{ expectation: 'capture', message: `step ${event.step}: ${event.message}` }];
  if (event.type === 'state') return event.problem === null ? [] : [{ expectation: 'probe', message: event.problem }];
  if (event.type === 'orders') {
    const { problem, failedProbes } = event;
    return problem === null || failedProbes.length > 0 ? [] : [{ expectation: 'orders', message: problem }];
  }
  if (event.type !== 'ordering') return [];
  const { ordering, state, before, seen, differences, problem } = event;
  if (state === 'unknown') return [{ expectation: 'probe', message: `${ordering}: ${problem}` }];
  if (problem !== null && state === 'first') {
    return [{ expectation: 'orders', message: `the state is ${seen}, and was ${before} before the first event` }];
  }
  if (differences.length === 0) return [];
  const places = differences.map(
    ({ path, natural, here }) =>
      `${path || 'the state'} is ${here ?? 'missing'}, and ${natural ?? 'missing'} after the natural order`,
  );
  const shown = places.slice(0, shownDifferences).join('; ');
  const more = places.length > shownDifferences ? `; and ${places.length - shownDifferences} more places` : '';
  return [{ expectation: 'orders', message: `${ordering} ends in another state: ${shown}${more}` }];
}
