import { findHeader } from '../core/headers.js';
import type { DeliveryEnded } from '../core/run.js';

/** The longest that a receiver may ask to wait for, in milliseconds. */
const longestWaitMs = 30_000;

function headerOf({ attempts }: DeliveryEnded, wanted: string): string | null {
  return findHeader(attempts.at(-1)!.response?.headers ?? [], wanted) ?? null;
}

/** What answered, by its own word; null where it has none. */
export function serverOf(event: DeliveryEnded): string | null {
  return headerOf(event, 'server');
}

export function hasRetryAfter(event: DeliveryEnded): boolean {
  return headerOf(event, 'retry-after') !== null;
}

/** Milliseconds after which a receiver asks to be sent to again, within bounds; 0 where it asks for nothing. */
export function retryAfterMs(event: DeliveryEnded): number {
  const text = headerOf(event, 'retry-after');
  if (text === null) return 0;
  const seconds = /^\d{1,9}$/.test(text.trim())
    ? Number(text) * 1000
    : Date.parse(text) - Date.parse(event.attempts.at(-1)!.startedAt);
  return Number.isFinite(seconds) ? Math.min(longestWaitMs, Math.max(0, seconds)) : 0;
}

/** Whether an answer is that of a limit, or of a proxy before the receiver, by what the receiver itself calls its server. */
export function isLimit(event: DeliveryEnded, server: string | null): boolean {
  const { status } = event.attempts.at(-1)!;
  if (status === 429) return true;
  if (status !== 502 && status !== 503 && status !== 504) return false;
  return hasRetryAfter(event) || (serverOf(event) !== null && serverOf(event) !== server);
}
