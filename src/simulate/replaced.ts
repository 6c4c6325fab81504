import type { PlannedDeliveries, PlannedDelivery } from './plan.js';

/** The deliveries, each with what `by` puts into its place: at once where they are made at once. */
export function replaced(
  deliveries: PlannedDeliveries,
  by: (planned: PlannedDelivery) => Iterable<PlannedDelivery>,
): PlannedDeliveries {
  return Symbol.iterator in deliveries ? atOnce(deliveries, by) : later(deliveries, by);
}

function* atOnce(
  deliveries: Iterable<PlannedDelivery>,
  by: Parameters<typeof replaced>[1],
): Generator<PlannedDelivery> {
  for (const planned of deliveries) yield* by(planned);
}

async function* later(
  deliveries: AsyncIterable<PlannedDelivery>,
  by: Parameters<typeof replaced>[1],
): AsyncGenerator<PlannedDelivery> {
  for await (const planned of deliveries) yield* by(planned);
}
