import type { Delivery } from '../core/delivery.js';
import type { DeliveryEnded } from '../core/run.js';
import type { Clock } from '../core/world.js';
import type { PlannedDelivery } from '../simulate/plan.js';
import { sendPlanned } from '../simulate/simulate.js';
import type { DeliveryTransport } from '../transport/deliveryTransport.js';
import type { RejectionRule } from './answer.js';
import type { CaseSource, CheckCase } from './cases/case.js';
import type { PreparedCase } from './cases/prepareCase.js';

/** The options by which a check sends. */
export interface SenderOptions {
  readonly transport: DeliveryTransport;
  readonly clock: Clock;
  /** Milliseconds of an attempt, in place of the provider's limit. */
  readonly timeLimitMs: number | null;
  /** Milliseconds for the whole check; null for a budget that follows the receiver's pace. */
  readonly budgetMs: number | null;
  readonly signal: AbortSignal;
}

/** Milliseconds for the whole check: the default, and the most that a slow receiver gets. */
const defaultBudgetMs = 60_000;
export const longestBudgetMs = 300_000;
/** Deliveries of different cases that are in progress at once. */
const beside = 4;
/** Milliseconds after which a request that need not be accepted counts as hanging. */
const hangMs = 5000;
/** After so many hangs, the wait for the next ones is shorter. */
const manyHangs = 3;
const shortHangMs = 1500;

/** A case that can be sent. */
export type Sendable = PreparedCase & { readonly leftOut: null };

async function* oneOnly(delivery: Delivery): AsyncGenerator<Delivery> {
  yield delivery;
}

/** Counts the deliveries of a case that go at once; null for one after the other. */
function countAtOnce({ copies, sequence }: CheckCase): number | null {
  if (copies?.are === 'at once') return copies.count;
  return sequence?.are === 'at once' ? sequence.of.length : null;
}

/** Sends the cases of a check within its budget, over the same connections. */
export class Sender {
  private readonly startedAt: number;
  private allowedMs: number;
  private hangs = 0;
  /** Deliveries with a wire warning. */
  readonly odd: DeliveryEnded[] = [];

  constructor(private readonly options: SenderOptions) {
    this.startedAt = options.clock.now();
    this.allowedMs = options.budgetMs ?? defaultBudgetMs;
  }

  /** Milliseconds that all may take, as far as is known until now. */
  get budgetMs(): number {
    return this.allowedMs;
  }

  get isOverBudget(): boolean {
    return this.remainingMs <= 0;
  }

  private get remainingMs(): number {
    return this.startedAt + this.allowedMs - this.options.clock.now();
  }

  /** Extends the budget to so many milliseconds, up to the longest; one that the user chose stays as it is. */
  allow(neededMs: number): void {
    if (this.options.budgetMs === null) this.allowedMs = Math.min(longestBudgetMs, Math.max(this.allowedMs, neededMs));
  }

  /** Sends cases together; resolves with the results of each, without those that the budget or a signal cut off. */
  async send(cases: readonly Sendable[], earlierBody: Uint8Array): Promise<Map<Sendable, DeliveryEnded[]>> {
    const owners = new Map<PlannedDelivery['delivery'], Sendable>();
    const results = new Map<Sendable, DeliveryEnded[]>(cases.map((each) => [each, []]));
    const atOnce = cases[0] ? countAtOnce(cases[0].case) : null;
    const { transport, clock, signal } = this.options;
    for await (const event of sendPlanned({
      deliveries: this.planned(cases, earlierBody, owners),
      transport,
      clock,
      concurrency: atOnce ?? (cases.length > 1 ? beside : 1),
      timeLimitMs: null,
      expect: null,
      keepOpen: true,
      signal,
    })) {
      if (event.type !== 'delivery') continue;
      if (event.attempts.some(({ warnings }) => warnings)) this.odd.push(event);
      if (event.attempts.at(-1)!.error?.kind === 'timed_out') {
        this.hangs++;
        // Cut off by the budget, and not by the receiver's own slowness.
        if (this.isOverBudget) continue;
      }
      results.get(owners.get(event.delivery)!)!.push(event);
    }
    return results;
  }

  /** Sends a delivery in the way of a case; null where the budget or a signal cut it off. */
  async sendOne(each: Sendable, delivery: Delivery): Promise<DeliveryEnded | null> {
    const only = { ...each, deliveries: () => oneOnly(delivery) };
    return (await this.send([only], new Uint8Array())).get(only)?.[0] ?? null;
  }

  /** Waits a moment, within the budget. */
  async pause(ms: number): Promise<void> {
    await this.options.clock.sleep(Math.min(ms, Math.max(0, this.remainingMs)), this.options.signal).catch(() => {});
  }

  private async *planned(
    cases: readonly Sendable[],
    earlierBody: Uint8Array,
    owners: Map<PlannedDelivery['delivery'], Sendable>,
  ): AsyncGenerator<PlannedDelivery> {
    for (const each of cases) {
      for await (const delivery of each.deliveries(earlierBody)) {
        if (this.isOverBudget) return;
        owners.set(delivery, each);
        // Findings of one forgery must not affect the next, and a server that serves one connection per worker holds none.
        const ownConnection = each.case.class === 'must-reject' || each.case.copies?.are === 'at once';
        yield { delivery, rules: { ...each.rules, timeLimitMs: this.limitFor(each) }, ownConnection };
      }
    }
  }

  private limitFor({ case: { class: group }, rules }: Sendable): number {
    const limit = this.options.timeLimitMs ?? rules.timeLimitMs;
    const patience = group === 'must-accept' ? limit : Math.min(limit, this.hangs < manyHangs ? hangMs : shortHangMs);
    return Math.max(1, Math.min(patience, this.remainingMs));
  }
}

/** The options of a run of the checks. */
export interface CheckRunOptions extends SenderOptions {
  readonly source: CaseSource;
  readonly cases: readonly PreparedCase[];
  /** True where only some of the cases were chosen, so that a grade would say too much. */
  readonly isPartial: boolean;
  /** The receiver's address, for the summary. */
  readonly url: string;
  /** The rule for rejections; null for the default, a status of 4xx. */
  readonly expect?: RejectionRule | null;
  /** Whether the transport is the check's alone, so that it reports its last warnings. */
  readonly concludes?: boolean;
}
