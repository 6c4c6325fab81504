import type { RunEvent } from '../core/run.js';
import { assertOptions } from './assertOptions.js';
import type { AnyProvider } from './providers.js';
import { type SimulateOptions, simulateKeys } from './simulateOptions.js';

/**
 * Delivers a provider's events, made one by one as they are sent: yields each delivery as it ends (with `retry` also each attempt), and a
 * summary last. Breaking off the iteration ends the run. Throws a UsageError before the first delivery for wrong options.
 */
export async function* simulate<const P extends AnyProvider>(
  options: SimulateOptions<P>,
): AsyncGenerator<RunEvent, void> {
  assertOptions(options, simulateKeys);
  const { planRun } = await import('./planRun.js');
  yield* await planRun(options);
}
