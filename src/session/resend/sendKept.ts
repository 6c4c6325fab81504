import type { DeliveryEnded, RunEvent } from '../../core/run.js';
import type { World } from '../../core/world.js';
import type { DeliveryLog } from '../../history/logDeliveries.js';
import { sendPlanned } from '../../simulate/simulate.js';
import type { Carrier } from '../../transport/carrier.js';
import type { PlannedResend, ReadyResend } from './prepareResend.js';

/** What is reported of a resend; a delivery with what it repeats, and the key under which it is kept, if it is. */
export type ResendTold =
  | { readonly event: DeliveryEnded; readonly sent: PlannedResend; readonly key: string | null }
  | { readonly event: Exclude<RunEvent, DeliveryEnded>; readonly sent: null; readonly key: null };

/** How kept deliveries are sent again. */
export interface ResendMeans {
  /** Closed at the end. */
  readonly transport: Carrier;
  readonly log: DeliveryLog;
}

/** Sends kept deliveries one after the other: yields each as it ends, and the sums last. */
export async function* sendKept(
  planned: readonly PlannedResend[],
  { target, route, expect }: ReadyResend,
  { transport, log }: ResendMeans,
  io: World,
): AsyncGenerator<ResendTold, void> {
  const resendOf = new Map(planned.map((each) => [each.delivery, each]));
  for await (const event of sendPlanned({
    deliveries: planned,
    transport,
    clock: io.clock,
    concurrency: 1,
    timeLimitMs: null,
    expect,
    signal: io.interrupted,
  })) {
    if (event.type !== 'delivery') {
      yield { event, sent: null, key: null };
      continue;
    }
    const sent = resendOf.get(event.delivery)!;
    yield { event, sent, key: log.add(event, { target, route }, sent.kept.key) };
  }
}
