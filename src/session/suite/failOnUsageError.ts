import { UsageError } from '../../core/errors.js';
import type { World } from '../../core/world.js';
import type { Item, Tried } from '../../suite/unit.js';

/**
 * What came of items; where what an earlier case captured does not fit, that is a failure of theirs: the rest of the suite is run.
 */
export async function* failOnUsageError(
  items: readonly Item[],
  tries: () => AsyncIterable<Tried>,
  { clock }: World,
): AsyncGenerator<Tried, void> {
  const open = new Set(items);
  const startedAt = clock.now();
  try {
    for await (const tried of tries()) {
      open.delete(tried.item);
      yield tried;
    }
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const failures = [{ expectation: 'variables', message: error.message }];
    const nothing = { deliveries: [], more: 0, check: null, captured: {} };
    for (const item of open) yield { item, failures, outcome: 'rejected', startedAt, ...nothing };
  }
}
