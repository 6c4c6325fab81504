import type { CheckEvent } from '../../core/check.js';
import { readUrl } from '../../core/readUrl.js';
import type { World } from '../../core/world.js';
import type { DeliveryLog, SentWith } from '../../history/logDeliveries.js';
import { checkExitCode } from './checkExitCode.js';
import { logCase } from './logCase.js';

/** Keeps what an event of a check reports: the deliveries of its cases, and its result at the end. */
export function logCheck(log: DeliveryLog, event: CheckEvent, sent: SentWith, { clock }: Pick<World, 'clock'>): void {
  logCase(log, event, sent);
  if (event.type !== 'check-summary') return;
  const { provider, event: name, url, grade, counts, interrupted, reached, incomplete } = event;
  const exitCode = interrupted ? null : checkExitCode(event, null);
  log.addEnd({
    ...{
      provider,
      names: [name],
      url: readUrl(url) && url,
      target: sent.target.name,
      grade,
      counts,
      interrupted,
      exitCode,
    },
    endedAt: clock.now(),
    verdict: counts.finding > 0 ? 'failed' : reached && incomplete === null ? 'passed' : 'not_judged',
  });
}
