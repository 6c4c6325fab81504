import { branchRandom } from '../core/random.js';
import { scheduleArrivals, secondsOf } from './arrivals.js';
import { LoadMeter } from './loadMeter.js';
import type { PartEnded, PartSecond } from './loadPart.js';
import type { LoadPlan } from './loadPlan.js';
import { LoadSender } from './loadSender.js';
import { unitChooser } from './loadUnit.js';

/** Arrivals that are begun before what has come is read. */
const burst = 32;

/** Milliseconds after its end in which a load may still begin overdue deliveries; the rest is dropped. */
const maxBehindMs = 1000;

/** Arrivals that are dropped at the end before this program does anything else. */
const dropBurst = 100_000;

/**
 * Sends one thread's part of a load, whatever the results of earlier deliveries: yields each second as it ends, and the summary last. It began at
 * `startMs` by its timer.
 */
export async function* playLoad(
  plan: LoadPlan,
  startMs = plan.timer.now(),
): AsyncGenerator<PartSecond | PartEnded, void> {
  const { timer, signal, machine, stages } = plan;
  const wholeSeconds = secondsOf(stages);
  const meter = new LoadMeter();
  const passedMs = () => timer.now() - startMs;
  const sender = new LoadSender(plan, meter);
  let atSecond = 0;
  let endedAtMs: number | null = null;
  const work = dispatchArrivals(plan, { meter, sender, passedMs }).finally(() => {
    endedAtMs = signal.aborted ? passedMs() : Math.max(passedMs(), wholeSeconds * 1000);
  });
  const settled = work.then(() => sender.settle());
  const done = new AbortController();
  settled.catch(() => {}).finally(() => done.abort());
  const stop = AbortSignal.any([signal, done.signal]);
  machine.begin();
  try {
    while (!stop.aborted) {
      await timer.wait(nextSecond() * 1000 - passedMs(), stop);
      while (!stop.aborted && passedMs() >= nextSecond() * 1000) yield closeSecond(nextSecond());
    }
    if (!signal.aborted) await settled;
    else await work;
    const passed = passedMs() / 1000;
    // A last second that is cut off while arrivals are due has its real length; at the end of a load only whole seconds are counted.
    if (!meter.isQuiet) yield closeSecond(passed < wholeSeconds && signal.aborted ? passed : nextSecond());
    else meter.closeSecond();
    const endedAtSecond = (endedAtMs ?? passedMs()) / 1000;
    yield { type: 'ended', ...meter.total(), endedAtSecond, resent: sender.resent, eventLoopMs: machine.eventLoopMs() };
  } finally {
    machine.end();
    plan.transport.close();
  }

  /** Returns the end of the current second: the last one of a load may be shorter. */
  function nextSecond(): number {
    const next = Math.floor(atSecond) + 1;
    return atSecond < wholeSeconds ? Math.min(next, wholeSeconds) : next;
  }

  function closeSecond(end: number): PartSecond {
    const seconds = end - atSecond;
    atSecond = end;
    return { type: 'second', ...meter.closeSecond(), atSecond, seconds };
  }
}

interface Dispatching {
  readonly meter: LoadMeter;
  readonly sender: LoadSender;
  readonly passedMs: () => number;
}

/** Begins each arrival when it is due, or as soon after as this machine can. */
async function dispatchArrivals(plan: LoadPlan, { meter, sender, passedMs }: Dispatching): Promise<void> {
  const { timer, share } = plan;
  const stop = AbortSignal.any([plan.signal, sender.failed]);
  const lastMs = secondsOf(plan.stages) * 1000 + maxBehindMs;
  let isOver = false;
  // Dropped or slow deliveries must not change which others are sent.
  const choose = unitChooser(plan.units, branchRandom(plan.random));
  let begun = 0;
  let number = 0;
  for (const dueMs of scheduleArrivals(plan.stages, plan.arrivals, plan.schedule)) {
    if (number++ % share.of !== share.index) continue;
    const isWarmUp = dueMs < plan.warmUpSeconds * 1000;
    isOver ||= passedMs() > lastMs;
    if (isOver) {
      if (++begun % dropBurst === 0) await timer.breathe();
      if (stop.aborted) return;
      meter.due(isWarmUp);
      meter.drop(isWarmUp);
      continue;
    }
    const aheadMs = dueMs - passedMs();
    if (aheadMs > 0) {
      begun = 0;
      await timer.wait(aheadMs, stop);
    } else if (++begun >= burst) {
      begun = 0;
      await timer.breathe();
    }
    if (stop.aborted) return;
    meter.due(isWarmUp);
    if (plan.flights.begin(plan.maxInFlight)) {
      sender.begin(choose(), { lateMs: Math.max(0, passedMs() - dueMs), isWarmUp });
    } else {
      meter.drop(isWarmUp);
    }
  }
}
