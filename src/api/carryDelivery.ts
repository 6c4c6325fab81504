import type { Delivery } from '../core/delivery.js';
import type { DeliveryEnded, RunWarning } from '../core/run.js';
import { parseStatusRule } from '../core/status.js';
import { sendPlanned } from '../simulate/simulate.js';
import type { DeliveryTransport } from '../transport/deliveryTransport.js';
import { assertNoForgedRetry, planRetries, type SendOptions } from './deliveryOptions.js';
import { provenanceOf } from './provenance.js';
import { buildResult, type DeliveryResult } from './result.js';
import { readTimeLimit } from './settings.js';
import { clock } from './world.js';

/** Sends one delivery to its receiver; rejects with the signal's reason where that ended it. The handler fills `thrown`. */
export async function carryDelivery(
  delivery: Delivery,
  options: Omit<SendOptions, 'route'>,
  transport: DeliveryTransport,
  thrown: readonly unknown[] = [],
): Promise<DeliveryResult> {
  const { timeout, expect, signal } = options;
  const { planned, provider } = await provenanceOf(delivery, options.provider);
  assertNoForgedRetry(options, delivery.forge !== null);
  let ended: DeliveryEnded | undefined;
  const warnings: RunWarning[] = [];
  for await (const event of sendPlanned({
    deliveries: [planned],
    transport,
    clock,
    concurrency: 1,
    timeLimitMs: readTimeLimit(timeout),
    expect: expect === undefined ? null : parseStatusRule(String(expect), 'options.expect'),
    retry: planRetries(options, provider),
    ...(signal && { signal }),
  })) {
    if (event.type === 'delivery') ended = event;
    else if (event.type === 'warning') warnings.push(event);
  }
  if (!ended) throw signal?.reason;
  return buildResult(ended, { thrown, warnings });
}
