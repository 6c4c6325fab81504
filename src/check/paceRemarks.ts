import type { Finding } from '../core/check.js';
import { formatDuration } from '../core/duration.js';

/** How a receiver took so many deliveries. */
export interface ReceiverPace {
  /** How often it stopped accepting the plain event for a while. */
  readonly lockOuts: number;
  /** Whether it stopped for good. */
  readonly isLockedOut: boolean;
  /** Milliseconds that the plain event took; null where it did not come to an end. */
  readonly plainMs: number | null;
  /** Milliseconds that the provider waits. */
  readonly limitMs: number;
}

/** Whoever takes longer than this part of the provider's limit is near it. */
const nearLimit = 0.5;

/** What is worth knowing of how a receiver took so many deliveries, and is no finding. */
export function paceRemarks({ lockOuts, isLockedOut, plainMs, limitMs }: ReceiverPace): Finding[] {
  const remarks: Finding[] = [];
  if (lockOuts > 0 || isLockedOut) {
    remarks.push({
      name: 'locks-senders-out',
      title: 'After forgeries what is genuine is not accepted either, for a while',
      why: 'Behind a proxy or NAT all senders have one address: a forger may lock the provider out, too.',
      fix: "Leave the provider's addresses out of the lock-out, or count by signature and not by address.",
      cases: [],
    });
  }
  if (plainMs !== null && plainMs > limitMs * nearLimit && plainMs <= limitMs) {
    remarks.push({
      name: 'near-time-limit',
      title: `The plain event takes ${formatDuration(plainMs)}, and the provider waits ${formatDuration(limitMs)}`,
      why: 'A little more load, and the provider takes it for a failure and sends again what was in work.',
      fix: 'Verify, put the event into a queue, answer 2xx, and work then.',
      cases: [],
    });
  }
  return remarks;
}
