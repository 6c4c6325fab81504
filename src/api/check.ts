import { isSafe } from '../check/isSafe.js';
import type { CaseEnded, CheckEnded, CheckEvent } from '../core/check.js';
import type { SourceOptions } from './deliveryOptions.js';
import type { Handler, HandlerOptions } from './inProcess/handler.js';
import type { AnyProvider, EventName } from './providers.js';
import type { SendOptions } from './send.js';

/** What a check is about. */
export interface CheckOptions<P extends AnyProvider>
  extends Pick<SourceOptions<P>, 'provider' | 'url' | 'publicUrl' | 'secret' | 'variant' | 'header' | 'seed' | 'now'>,
    Pick<SendOptions, 'timeout' | 'signal' | 'route'>,
    HandlerOptions {
  /** A handler in this process; without it the receiver is at `url`. */
  readonly to?: Handler;
  /** The event to check with; by default the provider's flagship. */
  readonly event?: EventName<P>;
  /** Every other event of the provider must be accepted, too. */
  readonly allEvents?: boolean;
  /** Only these cases, by name or class (`must-refuse`). The plain event goes first and last in any case. */
  readonly only?: readonly string[];
  /** Not these cases, by name or class. */
  readonly skip?: readonly string[];
  /** Time for the whole check: milliseconds, or a duration; by default 60 seconds, and up to 5 minutes where the receiver is slow, limits the rate or locks out. */
  readonly budget?: string | number;
  /** What a refusal looks like: a status (`4xx`, `200,401`), or `body:` and a text that its body holds; by default 4xx. */
  readonly expect?: string | number;
  /** True for a receiver of your own that is not on this machine: a check attacks it. */
  readonly own?: boolean;
}

/** What a check came to, with all its cases. */
export interface CheckResult extends CheckEnded {
  /** True for a safe receiver only: no flaw was found, and nine of ten forgeries at least could be judged. Remarks are allowed. */
  readonly ok: boolean;
  readonly cases: readonly CaseEnded[];
}

/** A check that runs when it is listened to, or asked for its result. */
export interface CheckRun extends AsyncIterable<CheckEvent> {
  /** Runs what is left of the check and resolves with what it came to. */
  result(): Promise<CheckResult>;
}

/**
 * Shows whether a receiver is safe: sends genuine, forged and broken deliveries, and names its flaws with what to change. Iterate over it
 * for each case as it ends, with the summary last; or await `result()`. Fails with a UsageError for whatever is wrong with the options.
 */
export function check<const P extends AnyProvider>(options: CheckOptions<P>): CheckRun {
  const events = run(options);
  const cases: CaseEnded[] = [];
  let summary: CheckEnded | undefined;
  const heard = async function* (): AsyncGenerator<CheckEvent, void> {
    for await (const event of events) {
      if (event.type === 'case') cases.push(event);
      else summary = event;
      yield event;
    }
  };
  const listening = heard();
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
  const { prepareCheck } = await import('./prepareCheck.js');
  const { events, close } = await prepareCheck(options);
  try {
    yield* events;
  } finally {
    close();
  }
}
