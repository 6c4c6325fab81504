import type { Attempt } from '../core/attempt.js';
import type { Clock } from '../core/clock.js';
import type { RunEvent } from '../core/run.js';
import type { StatusRule } from '../core/status.js';
import { judge } from '../policy/judge.js';
import type { Transport } from '../transport/transport.js';
import type { PlannedDelivery } from './plan.js';
import { Tally } from './tally.js';

export interface SimulateOptions {
  readonly deliveries: Iterable<PlannedDelivery>;
  readonly transport: Transport;
  readonly clock: Clock;
  /** Deliveries under way at once. */
  readonly concurrency: number;
  /** Milliseconds, in place of the events' own limits. */
  readonly timeLimitMs: number | null;
  /** The statuses that are ok, in place of the policy's success rule. */
  readonly expect: StatusRule | null;
  /** Leaves the connections open at the end; whoever made the transport closes it. */
  readonly keepOpen?: true;
  /** Ends the run early: what is under way is dropped, and the summary says so. */
  readonly signal?: AbortSignal;
}

/** Deliveries that may end before their events are taken; a slow report holds up the run and not the memory. */
const backlog = 100;

/** The only loop that sends: yields each delivery as it ends, and the summary last. */
export async function* simulate(options: SimulateOptions): AsyncGenerator<RunEvent, void> {
  const { transport, signal } = options;
  const tally = new Tally();
  const source = options.deliveries[Symbol.iterator]();
  const ended: RunEvent[] = [];
  let failure: unknown;
  let running = 0;
  let stopped = signal?.aborted ?? false;
  let wake = () => {};
  const held: (() => void)[] = [];
  const release = () => {
    for (const go of held.splice(0)) go();
  };

  const worker = async () => {
    for (let next = source.next(); !next.done && !stopped; next = source.next()) {
      const event = await sendOne(next.value, options);
      if (stopped) return;
      tally.add(event);
      ended.push(event);
      wake();
      while (ended.length >= backlog && !stopped) await new Promise<void>((resolve) => held.push(resolve));
    }
  };
  const start = () => {
    running++;
    worker()
      .catch((error: unknown) => {
        failure ??= error;
      })
      .finally(() => {
        running--;
        wake();
      });
  };
  const stop = () => {
    stopped = true;
    release();
    wake();
  };
  signal?.addEventListener('abort', stop, { once: true });
  for (let i = 0; i < options.concurrency; i++) start();

  try {
    while ((running > 0 && !stopped) || ended.length > 0) {
      if (ended.length === 0) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      const events = ended.splice(0);
      release();
      for (const event of events) yield event;
      if (failure) break;
    }
    if (failure) throw failure;
  } finally {
    // Also when nobody wants to hear more: the consumer broke off or threw.
    stop();
    signal?.removeEventListener('abort', stop);
    if (!options.keepOpen) transport.close();
  }
  yield tally.summary(signal?.aborted ?? false);
}

async function sendOne(
  { delivery, rules }: PlannedDelivery,
  options: SimulateOptions,
): Promise<RunEvent & { type: 'delivery' }> {
  const startedAt = new Date(options.clock.now()).toISOString();
  const exchanged = await options.transport.send(delivery, options.timeLimitMs ?? rules.timeLimitMs);
  const attempt: Attempt = { number: 1, scheduledAtMs: 0, startedAt, ...exchanged };
  const outcome = judge(attempt, rules.success);
  const ok = options.expect
    ? attempt.error === null && attempt.status !== null && options.expect(attempt.status)
    : outcome === 'accepted';
  return { type: 'delivery', delivery, attempts: [attempt], outcome, ok };
}
