import { closedWhileIdle } from '../core/attempt.js';
import type { CheckEnded, CheckEvent, Finding } from '../core/check.js';
import { findHeader } from '../core/delivery.js';
import { formatDuration } from '../core/duration.js';
import type { DeliveryEnded } from '../core/run.js';
import { lateWarnings, withWarnings } from '../simulate/lateWarnings.js';
import type { DeliveryTransport } from '../transport/deliveryTransport.js';
import type { JudgedCase } from './judgeCase.js';

/** The longest that a receiver may ask to wait for, in milliseconds. */
const longestWaitMs = 30_000;

function headerOf({ attempts }: DeliveryEnded, wanted: string): string | null {
  return findHeader(attempts.at(-1)!.response?.headers ?? [], wanted) ?? null;
}

/** Returns the name of the answering server, by its own headers; null where it gives none. */
export function serverOf(event: DeliveryEnded): string | null {
  return headerOf(event, 'server');
}

export function hasRetryAfter(event: DeliveryEnded): boolean {
  return headerOf(event, 'retry-after') !== null;
}

/** Returns the milliseconds after which a receiver asks for the next request, within bounds; 0 where it asks for none. */
export function retryAfterMs(event: DeliveryEnded): number {
  const text = headerOf(event, 'retry-after');
  if (text === null) return 0;
  const seconds = /^\d{1,9}$/.test(text.trim())
    ? Number(text) * 1000
    : Date.parse(text) - Date.parse(event.attempts.at(-1)!.startedAt);
  return Number.isFinite(seconds) ? Math.min(longestWaitMs, Math.max(0, seconds)) : 0;
}

/** Returns whether an answer comes from a limit, or from a proxy in front of the receiver, by its status and Server header. */
export function isLimit(event: DeliveryEnded, server: string | null): boolean {
  const { status } = event.attempts.at(-1)!;
  if (status === 429) return true;
  if (status !== 502 && status !== 503 && status !== 504) return false;
  return hasRetryAfter(event) || (serverOf(event) !== null && serverOf(event) !== server);
}

/** A receiver's behaviour under many deliveries. */
interface ReceiverPace {
  /** The number of times that it stopped accepting the plain event for a while. */
  readonly lockOuts: number;
  /** Whether it stopped for good. */
  readonly isLockedOut: boolean;
  /** Milliseconds that the plain event took; null where it did not end. */
  readonly plainMs: number | null;
  /** Milliseconds that the provider waits. */
  readonly limitMs: number;
}

/** The part of the provider's limit from which on a receiver counts as near it. */
const nearLimit = 0.5;

/** Returns remarks on the receiver's behaviour under many deliveries that are no findings. */
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

/** The end of a check, with the data for its summary. */
export interface Conclusion {
  readonly judgedCases: readonly JudgedCase[];
  readonly transport: DeliveryTransport;
  /** All deliveries with a wire warning, also those that belong to no case. */
  readonly odd: readonly DeliveryEnded[];
  /** Whether nothing else uses the transport, so that its last warnings are those of the check. */
  readonly concludes?: boolean;
  readonly signal: AbortSignal;
}

/** Yields wire warnings that belong to no case, and last the summary. */
export async function* concludeCheck(
  summary: CheckEnded,
  { judgedCases, transport, odd, concludes, signal }: Conclusion,
): AsyncGenerator<CheckEvent, void> {
  const judged = new Set(judgedCases.flatMap(({ ended }) => ended.deliveries));
  for (const { delivery, attempts } of odd.filter((each) => !judged.has(each))) {
    for (const warning of attempts.flatMap(({ warnings = [] }) => warnings)) transport.warn?.(delivery, warning);
  }
  const attempts = [...judged].flatMap((each) => each.attempts);
  const late = concludes ? await lateWarnings(transport, signal) : [];
  yield* late;
  yield withWarnings(
    {
      ...summary,
      attemptCount: attempts.length,
      resent: attempts.filter(({ error }) => error?.code === closedWhileIdle).length,
      warnings: attempts.flatMap(({ warnings = [] }) => warnings).length,
    },
    late,
  );
}

/** The result of a case, in a few words. */
export function describeOutcome(ended: readonly DeliveryEnded[]): string {
  const [first] = ended;
  if (!first) return '';
  if (ended.length === 1) return `${word(first)} in ${formatDuration(totalMs(first))}`;
  const words = ended.map(word);
  if (words.length === 2) return words.join(', then ');
  const counts = [...new Set(words)].map((each) => `${words.filter((other) => other === each).length} x ${each}`);
  return `${counts.join(', ')} in ${formatDuration(Math.max(...ended.map(totalMs)))}`;
}

function word({ attempts }: DeliveryEnded): string {
  const { status, error } = attempts.at(-1)!;
  if (error) return error.kind === 'timed_out' ? 'nothing' : 'no answer';
  return String(status);
}

function totalMs({ attempts }: DeliveryEnded): number {
  return attempts.at(-1)!.timing.totalMs;
}
