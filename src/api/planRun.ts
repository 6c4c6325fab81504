import { UsageError } from '../core/errors.js';
import { assertWhole, defaults, limits } from '../core/limits.js';
import type { Route } from '../core/route.js';
import type { RunEvent } from '../core/run.js';
import { parseStatusRule } from '../core/status.js';
import { withFaults } from '../simulate/faults.js';
import { planDeliveries } from '../simulate/plan.js';
import { sendPlanned } from '../simulate/simulate.js';
import type { DeliveryTransport } from '../transport/deliveryTransport.js';
import { Transport } from '../transport/transport.js';
import { namedRoute } from './assertOptions.js';
import { assertNoForgedRetry, planRetries } from './deliveryOptions.js';
import type { Handler, HandlerOptions } from './inProcess/handler.js';
import { planDelivery } from './planDelivery.js';
import type { AnyProvider } from './providers.js';
import { withDestination } from './receiver.js';
import { resolveProvider } from './resolveProvider.js';
import { clockAt, readTimeLimit } from './settings.js';
import type { SimulateOptions } from './simulateOptions.js';
import { clock, createRandom } from './world.js';

/** Reads all options of a run; what is returned runs it. */
export async function planRun<P extends AnyProvider>(
  given: SimulateOptions<P>,
): Promise<AsyncGenerator<RunEvent, void>> {
  const options = withDestination(given);
  const { count = defaults.count, concurrency = defaults.concurrency, duplicate = defaults.duplicate } = options;
  const { seed, now, timeout, expect, signal } = options;
  const provider = await resolveProvider(options.provider);
  const names: readonly string[] = options.events ?? Object.keys(provider.events);
  if (names.length === 0)
    throw new UsageError('NO_EVENT', 'options.events: the list is empty. Name events, or leave it out for all.');
  for (const [name, value] of Object.entries({ count, concurrency, duplicate })) {
    assertWhole(value, `options.${name}`, limits[name as 'count']);
  }
  assertNoForgedRetry(options, options.forge !== undefined);
  const sources = await Promise.all(names.map((event) => planDelivery({ ...options, provider, event })));
  const run = {
    deliveries: withFaults(
      planDeliveries({
        events: sources.map(({ event }) => event),
        count,
        fresh: sources[0]!.request.fresh,
        random: createRandom(seed),
        now: clockAt(now),
      }),
      { copies: duplicate, fault: null },
    ),
    clock,
    concurrency,
    timeLimitMs: readTimeLimit(timeout),
    expect: expect === undefined ? null : parseStatusRule(String(expect), 'options.expect'),
    retry: planRetries(options, provider),
    ...(signal && { signal }),
  };
  const { transport } = await openTransport(options, sources[0]!.hasUrl);
  return sendPlanned({ ...run, transport });
}

/** The destination of deliveries: a handler, or a URL over the wire. */
interface Destination extends HandlerOptions {
  readonly to?: Handler;
  readonly route?: Partial<Route>;
}

/** Opens what takes deliveries to a handler or to their URL; `thrown` is what the handler threw. Throws a UsageError where there is neither. */
async function openTransport(
  { to, route, ...options }: Destination,
  hasUrl: boolean,
): Promise<{ transport: DeliveryTransport; thrown: readonly unknown[] }> {
  const thrown: unknown[] = [];
  if (to !== undefined) {
    const { transportFor } = await import('./inProcess/transportFor.js');
    return { transport: await transportFor(to, options, (error) => thrown.push(error)), thrown };
  }
  if (!hasUrl)
    throw new UsageError(
      'NO_URL',
      'Where to? Give an address with a host, or a handler in this process, as options.to.',
    );
  return { transport: new Transport({ route: namedRoute(route) }), thrown };
}
