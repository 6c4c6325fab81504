import { type Attempt, closedWhileIdle, type Fault } from '../core/attempt.js';
import { chooseByWeight, randomShare } from '../core/random.js';
import type { DeliveryEnded } from '../core/run.js';
import { isAttemptOk, judgeAttempt } from '../policy/rules.js';
import type { PlannedDelivery } from '../simulate/plan.js';
import type { LoadMeter } from './loadMeter.js';
import type { LoadPlan } from './loadPlan.js';
import type { LoadUnit, SendNow } from './loadUnit.js';

/** The start of a delivery: how late it was, where a clock measures it, and whether it is in the warm-up. */
interface Begun {
  readonly lateMs: number | null;
  readonly isWarmUp: boolean;
}

/** Sends the deliveries of arrivals, and counts the results. */
export class LoadSender {
  resent = 0;
  /** Arrivals that have begun and not ended. */
  private arrivals = 0;
  /** An error in this program; it ends the load. */
  private failure: unknown = null;
  private readonly failing = new AbortController();
  /** Aborted by an error in this program. */
  readonly failed: AbortSignal = this.failing.signal;
  private idle: (() => void) | null = null;

  constructor(
    private readonly plan: LoadPlan,
    private readonly meter: LoadMeter,
  ) {}

  /** Begins an arrival that is counted as in flight already: its first delivery may still have to be made. */
  begin(unit: LoadUnit, { lateMs, isWarmUp }: Begun): void {
    const { flights } = this.plan;
    this.arrivals++;
    let begun: Begun = { lateMs, isWarmUp };
    let isCounted = true;
    const send: SendNow = (planned) => {
      if (!isCounted) flights.begin();
      isCounted = false;
      const sent = this.send(planned, begun);
      // Only the first delivery of a flow is due by the clock.
      begun = { lateMs: null, isWarmUp };
      return sent;
    };
    const ended = () => {
      if (isCounted) flights.end();
      if (--this.arrivals === 0) this.idle?.();
    };
    unit.play(send).then(ended, (error: unknown) => {
      this.failure ??= error;
      this.failing.abort();
      ended();
    });
  }

  /** Resolves when all has ended; rejects with an error in this program. */
  async settle(): Promise<void> {
    if (this.arrivals > 0) await new Promise<void>((resolve) => (this.idle = resolve));
    if (this.failure) throw this.failure;
  }

  private send(planned: PlannedDelivery, begun: Begun): Promise<DeliveryEnded> {
    const { duplicate, random } = this.plan;
    if (duplicate > 0 && randomShare(random) < duplicate) {
      this.plan.flights.begin();
      const copy = this.sendOnce(planned, { ...begun, lateMs: null });
      return Promise.all([this.sendOnce(planned, begun), copy]).then(([ended]) => ended);
    }
    return this.sendOnce(planned, begun);
  }

  /** Sends a delivery that is counted as in flight until it has ended. */
  private async sendOnce(planned: PlannedDelivery, { lateMs, isWarmUp }: Begun): Promise<DeliveryEnded> {
    const { meter, plan } = this;
    const { delivery, rules } = planned;
    let attempt: Attempt;
    const fault = this.fault();
    try {
      if (plan.signal.aborted) throw plan.signal.reason;
      meter.begin(lateMs, delivery.body.length, isWarmUp);
      attempt = await this.attempt(planned, fault);
      // What was cut is sent again and whole: the cut is ours, the answer is the receiver's.
      if (fault?.kind === 'cut-body') attempt = await this.attempt(planned, null);
    } finally {
      plan.flights.end();
    }
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
    return { type: 'delivery', delivery, attempts: [attempt], outcome, ok };
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
