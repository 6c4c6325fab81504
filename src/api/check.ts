import { isSafe } from '../check/isSafe.js';
import type { CaseEnded, CheckEnded, CheckEvent } from '../core/check.js';
import type { CheckOptions } from './checkOptions.js';
import type { AnyProvider } from './providers.js';

/** The result of a check, with all its cases. */
export interface CheckResult extends CheckEnded {
  /** True for a safe receiver only: no findings, and nine of ten forgeries at least could be judged. Remarks are allowed. */
  readonly ok: boolean;
  readonly cases: readonly CaseEnded[];
}

/** A check that runs when it is listened to, or asked for its result. */
export interface CheckRun extends AsyncIterable<CheckEvent> {
  /** Runs the rest of the check and resolves with its result. */
  result(): Promise<CheckResult>;
}

/**
 * Shows whether a receiver is safe: sends genuine, forged and broken deliveries, and names each finding with what to change. Iterate over it
 * for each case as it ends, with the summary last; or await `result()`. Fails with a UsageError for wrong options.
 */
export function check<const P extends AnyProvider>(options: CheckOptions<P>): CheckRun {
  const events = run(options);
  const cases: CaseEnded[] = [];
  let summary: CheckEnded | undefined;
  const collected = async function* (): AsyncGenerator<CheckEvent, void> {
    for await (const event of events) {
      if (event.type === 'case') cases.push(event);
      else if (event.type === 'check-summary') summary = event;
      yield event;
    }
  };
  const listening = collected();
  return {
    [Symbol.asyncIterator]: () => listening,
    async result() {
      while (!(await listening.next()).done);
      if (!summary) throw new Error('The check was left before its end, so there is no result.');
      return { ...summary, ok: isSafe(summary), cases };
    },
  };
}

async function* run<P extends AnyProvider>(options: CheckOptions<P>): AsyncGenerator<CheckEvent, void> {
  const { performCheck } = await import('./performCheck.js');
  yield* performCheck(options);
}
