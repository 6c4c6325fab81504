import { closedWhileIdle } from '../core/attempt.js';
import type { CheckEnded, CheckEvent } from '../core/check.js';
import type { DeliveryEnded } from '../core/run.js';
import { lateWarnings, withWarnings } from '../simulate/lateWarnings.js';
import type { Carrier } from '../transport/carrier.js';
import type { JudgedCase } from './judgedCase.js';

/** The end of a check, and what it goes by. */
export interface Conclusion {
  readonly judgedCases: readonly JudgedCase[];
  readonly transport: Carrier;
  /** All deliveries about which something was odd, also those that belong to no case. */
  readonly odd: readonly DeliveryEnded[];
  /** Whether nothing else uses the transport, so that its last warnings are those of the check. */
  readonly concludes?: boolean;
  readonly signal: AbortSignal;
}

/** Tells what was odd on the wire and is in no case, and the summary with what it all came to. */
export async function* concludeCheck(
  summary: CheckEnded,
  { judgedCases, transport, odd, concludes, signal }: Conclusion,
): AsyncGenerator<CheckEvent, void> {
  const told = new Set(judgedCases.flatMap(({ ended }) => ended.deliveries));
  for (const { delivery, attempts } of odd.filter((each) => !told.has(each))) {
    for (const warning of attempts.flatMap(({ warnings = [] }) => warnings)) transport.warn?.(delivery, warning);
  }
  const attempts = [...told].flatMap((each) => each.attempts);
  const late = concludes ? await lateWarnings(transport, signal) : [];
  yield* late;
  yield withWarnings(
    {
      ...summary,
      attempts: attempts.length,
      resent: attempts.filter(({ error }) => error?.code === closedWhileIdle).length,
      warnings: attempts.flatMap(({ warnings = [] }) => warnings).length,
    },
    late,
  );
}
