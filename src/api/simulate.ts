import type { RunEvent } from '../core/run.js';
import type { SourceOptions } from './deliveryOptions.js';
import type { Handler, HandlerOptions } from './inProcess/handler.js';
import type { AnyProvider, EventName } from './providers.js';
import type { SendOptions } from './send.js';

/** What a run sends, and where. */
export interface SimulateOptions<P extends AnyProvider>
  extends SourceOptions<P>,
    Omit<SendOptions, 'provider'>,
    HandlerOptions {
  /** The events of a round, in order; by default all of the provider's. */
  readonly events?: readonly EventName<P>[];
  /** How many rounds; 1 by default. */
  readonly count?: number;
  /** How many times each delivery is sent; 1 by default. At once with `concurrency`. */
  readonly duplicate?: number;
  /** Deliveries under way at once; 1 by default. */
  readonly concurrency?: number;
  /** A handler in this process; without it deliveries go to `url`. */
  readonly to?: Handler;
}

/**
 * Delivers a provider's events, made one by one as they are sent: yields each delivery as it ends (with `retry` also each attempt), and a
 * summary last. Whoever stops listening ends the run. Throws a UsageError before the first delivery for whatever is wrong with the options.
 */
export async function* simulate<const P extends AnyProvider>(
  options: SimulateOptions<P>,
): AsyncGenerator<RunEvent, void> {
  const { planRun } = await import('./planRun.js');
  yield* await planRun(options);
}
