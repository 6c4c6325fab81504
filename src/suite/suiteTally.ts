import { type Outcome, outcomes } from '../core/attempt.js';
import type { DeliveryEnded } from '../core/run.js';
import type { Coverage, ResultEnded, ResultStatus, SuiteEnded } from '../core/suite.js';
import { Tally } from '../simulate/tally.js';
import type { BudgetFigures, BudgetRule } from './budgets.js';
import type { TriedItem } from './unit.js';

/** All events of a provider, by the provider's name. */
export type KnownEvents = ReadonlyMap<string, readonly string[]>;

export interface TallyOptions {
  /** Of the providers that the cases are about. */
  readonly events: KnownEvents;
  readonly showsCoverage: boolean;
  readonly budgets: readonly BudgetRule[];
}

/** Adds up deliveries and results as they come. */
export class SuiteTally {
  private readonly counts: Record<ResultStatus, number> = { passed: 0, failed: 0, flaky: 0, skipped: 0 };
  private readonly all = new Tally();
  /** Of all but checks, which send what no receiver may accept. */
  private readonly budgeted = new Tally();
  private readonly failed = Object.fromEntries(outcomes.map((outcome) => [outcome, 0])) as Record<Outcome, number>;
  private readonly exercised = new Map<string, Set<string>>();
  private genuine = 0;
  private accepted = 0;

  constructor(private readonly options: TallyOptions) {}

  /** Takes each delivery of an item, also of one that is interrupted later. */
  addDelivery(delivery: DeliveryEnded, { kind }: TriedItem): void {
    this.all.add(delivery);
    if (kind === 'check') return;
    this.budgeted.add(delivery);
    if (delivery.delivery.forge !== null) return;
    this.genuine++;
    if (delivery.outcome === 'accepted') this.accepted++;
  }

  /** Takes a result; `outcome` decides the exit code where it failed. */
  add(result: ResultEnded, outcome: Outcome): void {
    this.counts[result.status]++;
    if (result.status === 'failed') this.failed[outcome]++;
    if (result.status === 'passed' || result.status === 'flaky') this.cover(result);
  }

  summary(interrupted: boolean): Pick<SuiteEnded, 'counts' | 'run' | 'coverage' | 'budgets'> {
    const coverage = this.coverage();
    const { latencyMs } = this.budgeted.summary(interrupted);
    const spent: BudgetFigures = { latencyMs, genuine: this.genuine, accepted: this.accepted, coverage };
    return {
      counts: { ...this.counts },
      run: { ...this.all.summary(interrupted), failed: { ...this.failed } },
      coverage: this.options.showsCoverage ? coverage : null,
      budgets: this.options.budgets.map((rule) => rule(spent)),
    };
  }

  private cover({ kind, provider, event, forge, check, deliveries }: ResultEnded): void {
    const add = (name: string, exercised: string) => {
      const events = this.exercised.get(name) ?? new Set();
      this.exercised.set(name, events.add(exercised));
    };
    if (kind === 'flow') for (const { delivery, ok } of deliveries) if (ok) add(delivery.provider, delivery.event);
    if (kind === 'send' && forge === null && provider !== null && event !== null) add(provider, event);
    if (kind === 'check' && check) {
      for (const one of check.cases) {
        if (one.class !== 'must-accept' || one.verdict !== 'passed') continue;
        for (const { delivery } of one.deliveries) add(delivery.provider, delivery.event);
      }
    }
  }

  private coverage(): Coverage[] {
    return [...this.options.events].map(([provider, events]) => {
      const exercised = this.exercised.get(provider);
      return {
        provider,
        exercised: events.filter((event) => exercised?.has(event)),
        missing: events.filter((event) => !exercised?.has(event)),
      };
    });
  }
}
