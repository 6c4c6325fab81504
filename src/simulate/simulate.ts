import { type Attempt, closedWhileIdle } from '../core/attempt.js';
import type { RunEvent } from '../core/run.js';
import type { StatusRule } from '../core/status.js';
import type { Clock } from '../core/world.js';
import type { AttemptContext } from '../delivery/source.js';
import { judgeAttempt } from '../policy/rules.js';
import type { DeliveryTransport } from '../transport/deliveryTransport.js';
import type { TransportWarning } from '../transport/transport.js';
import { createJob, faultOf, type Job } from './job.js';
import type { PlannedDeliveries } from './plan.js';
import type { RetryPlan } from './retries.js';
import { RunState } from './runState.js';

export interface SimulationPlan {
  readonly deliveries: PlannedDeliveries;
  readonly transport: DeliveryTransport;
  readonly clock: Clock;
  /** Deliveries in progress at once. */
  readonly concurrency: number;
  /** Milliseconds, in place of the events' own limits. */
  readonly timeLimitMs: number | null;
  /** The statuses that are ok, in place of the policy's success rule. */
  readonly expect: StatusRule | null;
  /** Retries what is not accepted, and reports each attempt as it happens. */
  readonly retry?: RetryPlan | null;
  /** Leaves the connections open at the end; whoever made the transport closes it, and takes its warnings. */
  readonly keepOpen?: true;
  /** Ends the run early: what is in progress is dropped, and the summary says so. */
  readonly signal?: AbortSignal;
}

/** Deliveries that may end before their events are taken; a slow report holds up the run and not the memory. */
const backlog = 100;

/** The only loop that sends: yields each delivery as it ends, and the summary last. */
export async function* sendPlanned(options: SimulationPlan): AsyncGenerator<RunEvent, void> {
  const { signal, transport, retry = null } = options;
  const retries = retry && new (await import('./retries.js')).Retries(retry, options.clock);
  const course = new RunState(options.expect, retries);
  const fresh = jobReader(options.deliveries);
  const ended: RunEvent[] = [];
  let failure: unknown;
  let running = 0;
  let stopped = signal?.aborted ?? false;
  let wake = () => {};
  const held: (() => void)[] = [];
  const release = () => {
    for (const go of held.splice(0)) go();
  };

  const worker = async (first: Job) => {
    for (let job: Job | null = first; !stopped; ) {
      if (job.attempts.length > 0 && job.planned.again) job.delivery = await job.planned.again(attemptContext(job));
      let attempt = await send(job, options);
      if (!stopped && attempt.error?.code === closedWhileIdle) {
        ended.push(...course.take(job, attempt));
        attempt = await send(job, options, 'new');
      }
      if (stopped) return;
      ended.push(...course.take(job, attempt));
      if (!options.keepOpen) ended.push(...warningEvents(transport.takeWarnings?.()));
      wake();
      while (ended.length >= backlog && !stopped) await new Promise<void>((resolve) => held.push(resolve));
      if (stopped) return;
      job = retries ? await retries.next(fresh, course.isDisabled) : await fresh();
      if (job === null) return;
    }
  };
  /** Begins a worker for each new delivery, up to as many as may concurrent be. */
  const beginWorkers = async () => {
    for (let workers = 0; workers < options.concurrency && !stopped; workers++) {
      const job = await fresh();
      if (job === null || stopped || (retries && course.isDisabled(job))) return;
      watch(worker(job));
    }
  };
  const warningEvents = (warnings: readonly TransportWarning[] = []) =>
    warnings.flatMap((each) => course.warn(each, ended));
  const watch = (work: Promise<void>) => {
    running++;
    work
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
  watch(beginWorkers());

  const left: RunEvent[] = [];
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
    // Also when the consumer broke off or threw.
    stop();
    left.push(...course.stop());
    if (!signal?.aborted && !options.keepOpen) left.push(...warningEvents(await transport.conclude?.()));
    signal?.removeEventListener('abort', stop);
    if (!options.keepOpen) transport.close();
  }
  for (const event of left) yield event;
  yield course.summary(signal?.aborted ?? false);
}

/** Gives the next new delivery each time; null where there are no more. */
function jobReader(deliveries: PlannedDeliveries): () => Promise<Job | null> {
  const source = Symbol.iterator in deliveries ? deliveries[Symbol.iterator]() : deliveries[Symbol.asyncIterator]();
  return async () => {
    const next = await source.next();
    return next.done ? null : createJob(next.value);
  };
}

/** The next attempt of a delivery; one that was repeated at once counts once. */
function attemptContext({ attempts, resent, planned }: Job): AttemptContext {
  const outcome = judgeAttempt(attempts.at(-1)!, planned.rules.success);
  return { number: attempts.length - resent + 1, after: outcome === 'accepted' ? null : outcome };
}

async function send(
  job: Job,
  { transport, clock, timeLimitMs }: SimulationPlan,
  connection: 'kept' | 'new' = 'kept',
): Promise<Attempt> {
  const { planned, attempts, scheduledAtMs } = job;
  const number = attempts.length + 1;
  const startedAt = new Date(clock.now()).toISOString();
  const exchanged = await transport.send(job.delivery, timeLimitMs ?? planned.rules.timeLimitMs, {
    fault: faultOf(job),
    connection: planned.ownConnection ? 'own' : connection,
  });
  return { number, scheduledAtMs, startedAt, ...exchanged };
}
