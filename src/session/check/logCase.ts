import type { CheckEvent } from '../../core/check.js';
import type { DeliveryLog, SentWith } from '../../history/logDeliveries.js';

/** Keeps what a case of a check sent: ok where its verdict is, for a forgery that was accepted is none. */
export function logCase(log: DeliveryLog, event: CheckEvent, sent: SentWith): void {
  if (event.type !== 'case') return;
  const ok = event.verdict === 'passed' || event.verdict === 'remark';
  for (const delivery of event.deliveries)
    log.add({ ...delivery, ok }, sent, { purpose: 'check', caseName: event.name });
}
