import type { DeliveryEnded, RunEvent } from '../../core/run.js';
import type { World } from '../../core/world.js';
import type { DeliveryLog } from '../../history/logDeliveries.js';
import { sendPlanned } from '../../simulate/simulate.js';
import { Transport } from '../../transport/transport.js';
import { applyFaults, faultRetryPlan } from './applyFaults.js';
import type { Prepared, ReadyDeliveries } from './prepareSend.js';

/** An event of a send; a delivery with the key under which it is kept, if it is. */
type SendReport =
  | { readonly event: DeliveryEnded; readonly key: string | null }
  | { readonly event: Exclude<RunEvent, DeliveryEnded>; readonly key: null };

/** Sends prepared deliveries and logs them: yields each event, and the summary last. */
export async function* sendPrepared(
  prepared: Prepared,
  { deliveries }: Pick<ReadyDeliveries, 'deliveries'>,
  log: DeliveryLog,
  io: Pick<World, 'clock' | 'interrupted'>,
): AsyncGenerator<SendReport, void> {
  const { settings, route } = prepared;
  for await (const event of sendPlanned({
    deliveries: await applyFaults(deliveries, settings),
    transport: new Transport({ route }),
    clock: io.clock,
    concurrency: settings.concurrency,
    timeLimitMs: settings.timeLimitMs,
    expect: settings.expect,
    retry: faultRetryPlan(prepared),
    signal: io.interrupted,
  })) {
    if (event.type === 'delivery') yield { event, key: log.add(event, prepared) };
    else yield { event, key: null };
  }
}
