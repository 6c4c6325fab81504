import type { AttemptError, ReceivedResponse, Timing } from '../core/attempt.js';
import type { DeliveryEnded, RunWarning } from '../core/run.js';

/** The result of one delivery: all its attempts, the provider's judgement, and the last attempt's answer at hand. */
export interface DeliveryResult extends DeliveryEnded {
  /** The status that the last attempt was answered with; null where there was none. */
  readonly status: number | null;
  /** Text of the receiver's own choosing: treat it as hostile. */
  readonly response: ReceivedResponse | null;
  /** The first 64 KiB of the answer's body as UTF-8 text; empty where there is none. */
  readonly text: string;
  /** Milliseconds of the last attempt. */
  readonly timing: Timing;
  /** The reason why there is no complete answer; null where there is one. */
  readonly error: AttemptError | null;
  /** The error that a handler in this process threw; absent where it threw none. */
  readonly thrown?: unknown;
  /**
   * Wire warnings about earlier deliveries that came after their results, such as unexpected bytes on a kept connection, each with the id of its
   * delivery; absent where there are none. Warnings about this one are on its attempts.
   */
  readonly warnings?: readonly RunWarning[];
}

interface BesideAttempts {
  readonly thrown?: readonly unknown[];
  readonly warnings?: readonly RunWarning[];
}

/** A delivery that has ended, with its last attempt's answer at hand. */
export function buildResult(ended: DeliveryEnded, { thrown = [], warnings = [] }: BesideAttempts = {}): DeliveryResult {
  const { status, response, timing, error } = ended.attempts.at(-1)!;
  const text = Buffer.from(response?.body ?? []).toString('utf8');
  return {
    ...ended,
    status,
    response,
    text,
    timing,
    error,
    ...(thrown.length > 0 && { thrown: thrown[0] }),
    ...(warnings.length > 0 && { warnings }),
  };
}
