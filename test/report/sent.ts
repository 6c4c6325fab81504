import type { DeliveryEnded } from '../../src/core/run.js';
import { eventRules } from '../../src/policy/rules.js';
import { sendPlanned } from '../../src/simulate/simulate.js';
import { Transport } from '../../src/transport/transport.js';
import { compileOne } from '../support/compile.js';
import { scalev } from '../support/providers.js';

const now = Date.UTC(2026, 0, 13, 1, 0, 12);

/** A real delivery of a body to each URL, with what came. */
export async function sentTo(
  urls: readonly string[],
  body: string | Uint8Array = '{"event":"order.created","é":1.10}',
): Promise<DeliveryEnded[]> {
  const rules = eventRules(scalev, undefined);
  const ended: DeliveryEnded[] = [];
  const events = sendPlanned({
    deliveries: urls.map((url) => ({ delivery: compileOne({ provider: scalev, body, url, now }), rules })),
    transport: new Transport(),
    clock: { now: () => now, sleep: async () => {} },
    concurrency: 1,
    timeLimitMs: 2000,
    expect: null,
  });
  for await (const event of events) if (event.type === 'delivery') ended.push(event);
  return ended;
}
