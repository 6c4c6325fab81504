import { type Attempt, closedWhileIdle, type Fault } from '../core/attempt.js';
import type { ArrivalPattern, FaultShare, LoadEnded, LoadSecond, LoadStage, MachineLimit } from '../core/load.js';
import { branchRandom, chooseByWeight, type Random, randomShare } from '../core/random.js';
import type { DeliveryEnded } from '../core/run.js';
import type { StatusRule } from '../core/status.js';
import type { Clock } from '../core/world.js';
import { isAttemptOk, judgeAttempt } from '../policy/rules.js';
import type { PlannedDelivery } from '../simulate/plan.js';
import type { Carrier } from '../transport/carrier.js';
import { expectedArrivals, rateAt, scheduleArrivals, secondsOf } from './arrivals.js';
import { LoadMeter } from './loadMeter.js';
import { type LoadUnit, type SendNow, unitChooser } from './loadUnit.js';
import type { MachineWatch } from './machineWatch.js';

/** The time that a load goes by. */
export interface LoadTimer {
  /** Milliseconds from any start. */
  now(): number;
  /** Resolves after so many milliseconds, or when the signal is aborted. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
  /** Lets what has come be read. */
  breathe(): Promise<void>;
}

export interface LoadPlan {
  readonly units: readonly LoadUnit[];
  readonly stages: readonly LoadStage[];
  readonly arrivals: ArrivalPattern;
  /** Seconds at the start that are in no figure of the whole. */
  readonly warmUpSeconds: number;
  /** Arrivals that may be in flight; what is due beyond it is dropped. */
  readonly maxInFlight: number;
  /** The share of deliveries that are sent twice. */
  readonly duplicate: number;
  /** Shares of deliveries with which something goes wrong deliberately. */
  readonly faults: readonly FaultShare[];
  /** Milliseconds, in place of the events' own limits. */
  readonly timeLimitMs: number | null;
  readonly expect: StatusRule | null;
  readonly transport: Carrier;
  readonly random: Random;
  readonly clock: Pick<Clock, 'now'>;
  readonly timer: LoadTimer;
  readonly machine: MachineWatch;
  /** Is shown each delivery that ends, for a receiver's state or a log. */
  readonly onEnded?: (ended: DeliveryEnded) => void;
  readonly signal: AbortSignal;
}

/** An arrival that begins later than this counts as late, in milliseconds. */
const lateMs = 50;
/** The share of late arrivals from which on this machine is what limits a load. */
const maxLateShare = 0.01;
/** Fewer late arrivals than these are a hiccup. */
const fewLate = 10;
/** Arrivals that are begun before what has come is read. */
const burst = 32;

/** Sends deliveries at a rate, whatever becomes of those before: yields each second as it ends, and the sums last. */
export async function* runLoad(plan: LoadPlan): AsyncGenerator<LoadSecond | LoadEnded, void> {
  const { timer, signal, machine, stages } = plan;
  const warmUpMs = plan.warmUpSeconds * 1000;
  const meter = new LoadMeter();
  const startMs = timer.now();
  const passedMs = () => timer.now() - startMs;
  const sender = new LoadSender(plan, meter);
  let reachedSecond = 0;
  let endedAtMs: number | null = null;
  machine.begin();
  const work = dispatchArrivals(plan, { meter, sender, passedMs }).finally(() => {
    endedAtMs = signal.aborted ? passedMs() : Math.max(passedMs(), secondsOf(stages) * 1000);
  });
  const settled = work.then(() => sender.settle());
  const done = new AbortController();
  settled.catch(() => {}).finally(() => done.abort());
  const stop = AbortSignal.any([signal, done.signal]);
  try {
    while (!stop.aborted) {
      await timer.wait((reachedSecond + 1) * 1000 - passedMs(), stop);
      while (!stop.aborted && passedMs() >= (reachedSecond + 1) * 1000) yield closeSecond();
    }
    if (!signal.aborted) await settled;
    else await work;
    if (!meter.isQuiet) yield closeSecond();
    yield summary();
  } finally {
    machine.end();
    plan.transport.close();
  }

  function closeSecond(): LoadSecond {
    reachedSecond++;
    return meter.closeSecond({
      rate: rateAt(stages, reachedSecond - 1e-9),
      inFlight: sender.inFlight,
      isWarmUp: reachedSecond * 1000 <= warmUpMs,
      cpu: machine.lap(),
    });
  }

  function summary(): LoadEnded {
    const seconds = Math.max(0, (endedAtMs ?? passedMs()) / 1000 - plan.warmUpSeconds);
    const total = meter.total();
    // A load that falls behind takes longer than it was asked to.
    const askedSeconds = Math.min(seconds, secondsOf(stages) - plan.warmUpSeconds);
    const asked =
      expectedArrivals(stages, askedSeconds + plan.warmUpSeconds) - expectedArrivals(stages, plan.warmUpSeconds);
    const { cpu, eventLoopMs } = machine.sums();
    const lateShare = meter.lateShare(lateMs);
    const isLimit = lateShare > maxLateShare && lateShare * total.due >= fewLate;
    const machineLimit: MachineLimit | null = isLimit ? { lateShare, cpu, eventLoopMs } : null;
    return {
      type: 'load',
      ...total,
      seconds,
      warmUpSeconds: plan.warmUpSeconds,
      askedRate: askedSeconds > 0 ? asked / askedSeconds : 0,
      reachedRate: seconds > 0 ? (total.due - total.dropped) / seconds : 0,
      maxInFlight: sender.mostInFlight,
      unfinished: total.sent - total.ended,
      resent: sender.resent,
      cpu,
      eventLoopMs,
      machineLimit,
      interrupted: signal.aborted,
    };
  }
}

interface Dispatching {
  readonly meter: LoadMeter;
  readonly sender: LoadSender;
  readonly passedMs: () => number;
}

/** Begins each arrival when it is due, or as soon after as this machine can. */
async function dispatchArrivals(plan: LoadPlan, { meter, sender, passedMs }: Dispatching): Promise<void> {
  const { timer, maxInFlight } = plan;
  // What is dropped, or takes its time, must not change when the others are due.
  const random = branchRandom(plan.random);
  const stop = AbortSignal.any([plan.signal, sender.failed]);
  const choose = unitChooser(plan.units, branchRandom(plan.random));
  let begun = 0;
  for (const dueMs of scheduleArrivals(plan.stages, plan.arrivals, random)) {
    const aheadMs = dueMs - passedMs();
    if (aheadMs > 0) {
      begun = 0;
      await timer.wait(aheadMs, stop);
    } else if (++begun >= burst) {
      begun = 0;
      await timer.breathe();
    }
    if (stop.aborted) return;
    const isWarmUp = dueMs < plan.warmUpSeconds * 1000;
    meter.due(isWarmUp);
    if (sender.inFlight >= maxInFlight) meter.drop(isWarmUp);
    else sender.begin(choose(), { lateMs: Math.max(0, passedMs() - dueMs), isWarmUp });
  }
}

/** How a delivery begins: how much later than due, where a clock says when; and whether it counts in the figures of the whole. */
interface Begun {
  readonly lateMs: number | null;
  readonly isWarmUp: boolean;
}

/** Sends what arrivals are, and counts what comes of it. */
class LoadSender {
  inFlight = 0;
  mostInFlight = 0;
  resent = 0;
  /** What went wrong in this program; it ends the load. */
  private failure: unknown = null;
  private readonly failing = new AbortController();
  /** Is aborted by what goes wrong in this program. */
  readonly failed = this.failing.signal;
  private idle: (() => void) | null = null;

  constructor(
    private readonly plan: LoadPlan,
    private readonly meter: LoadMeter,
  ) {}

  /** Begins an arrival. */
  begin(unit: LoadUnit, { lateMs, isWarmUp }: Begun): void {
    this.mostInFlight = Math.max(this.mostInFlight, ++this.inFlight);
    let begun: Begun = { lateMs, isWarmUp };
    const send: SendNow = (planned) => {
      const sent = this.send(planned, begun);
      // Only the first delivery of a flow is due by the clock.
      begun = { lateMs: null, isWarmUp };
      return sent;
    };
    const ended = () => {
      if (--this.inFlight === 0) this.idle?.();
    };
    unit.play(send).then(ended, (error: unknown) => {
      this.failure ??= error;
      this.failing.abort();
      ended();
    });
  }

  /** Resolves when all has ended; rejects with what went wrong in this program. */
  async settle(): Promise<void> {
    if (this.inFlight > 0) await new Promise<void>((resolve) => (this.idle = resolve));
    if (this.failure) throw this.failure;
  }

  private send(planned: PlannedDelivery, begun: Begun): Promise<DeliveryEnded> {
    const { duplicate, random } = this.plan;
    if (duplicate > 0 && randomShare(random) < duplicate) {
      const copy = this.sendOnce(planned, { ...begun, lateMs: null });
      return Promise.all([this.sendOnce(planned, begun), copy]).then(([ended]) => ended);
    }
    return this.sendOnce(planned, begun);
  }

  private async sendOnce(planned: PlannedDelivery, { lateMs, isWarmUp }: Begun): Promise<DeliveryEnded> {
    const { meter, plan } = this;
    const { delivery, rules } = planned;
    if (plan.signal.aborted) throw plan.signal.reason;
    meter.begin(lateMs, delivery.body.length, isWarmUp);
    const fault = this.fault();
    let attempt = await this.attempt(planned, fault);
    // What was cut is sent again and whole: the cut is ours, the answer is the receiver's.
    if (fault?.kind === 'cut-body') attempt = await this.attempt(planned, null);
    const outcome = judgeAttempt(attempt, rules.success);
    const ok = isAttemptOk(attempt, outcome, rules, plan.expect);
    const { error, status, timing, response } = attempt;
    const serviceMs = error === null && fault === null ? timing.totalMs : null;
    meter.end({
      outcome,
      ok,
      code: error?.code ?? String(status),
      phase: error?.phase ?? null,
      serviceMs,
      latencyMs: serviceMs === null ? null : serviceMs + (lateMs ?? 0),
      bytesReceived: response?.bytes ?? 0,
      isWarmUp,
    });
    const ended = { ...endedOf(planned, attempt, ok), outcome };
    plan.onEnded?.(ended);
    return ended;
  }

  private async attempt({ delivery, rules }: PlannedDelivery, fault: Fault | null): Promise<Attempt> {
    const { transport, clock } = this.plan;
    const startedAt = new Date(clock.now()).toISOString();
    const limit = this.plan.timeLimitMs ?? rules.timeLimitMs;
    let exchanged = await transport.send(delivery, limit, fault ? { fault } : undefined);
    if (exchanged.error?.code === closedWhileIdle) {
      this.resent++;
      exchanged = await transport.send(delivery, limit, { fault, connection: 'new' });
    }
    return { number: 1, scheduledAtMs: 0, startedAt, ...exchanged };
  }

  private fault(): Fault | null {
    const { faults, random } = this.plan;
    if (faults.length === 0) return null;
    return chooseByWeight(faults, ({ share }) => share, randomShare(random))?.fault ?? null;
  }
}

function endedOf({ delivery, rules }: PlannedDelivery, attempt: Attempt, ok: boolean): DeliveryEnded {
  return { type: 'delivery', delivery, attempts: [attempt], outcome: judgeAttempt(attempt, rules.success), ok };
}
