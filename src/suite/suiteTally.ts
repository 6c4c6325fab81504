import { type Outcome, outcomes } from '../core/outcome.js';
import type { Coverage, ResultEnded, ResultStatus, SuiteEnded } from '../core/suite.js';
import { Tally } from '../simulate/tally.js';
import type { BudgetRule, Spent } from './budgets.js';

/** All events of a provider, by the provider's name. */
export type KnownEvents = ReadonlyMap<string, readonly string[]>;

export interface TallyOptions {
  /** Of the providers that the cases are about. */
  readonly events: KnownEvents;
  readonly showsCoverage: boolean;
  readonly budgets: readonly BudgetRule[];
}

/** Adds up results as they come. */
export class SuiteTally {
  private readonly counts: Record<ResultStatus, number> = { passed: 0, failed: 0, flaky: 0, skipped: 0 };
  private readonly all = new Tally();
  /** Of all but checks, which send what nobody can accept. */
  private readonly budgeted = new Tally();
  private readonly failed = Object.fromEntries(outcomes.map((outcome) => [outcome, 0])) as Record<Outcome, number>;
  private readonly exercised = new Map<string, Set<string>>();
  private genuine = 0;
  private accepted = 0;

  constructor(private readonly options: TallyOptions) {}

  add(result: ResultEnded): void {
    this.counts[result.status]++;
    for (const delivery of result.deliveries) {
      this.all.add(delivery);
      if (result.kind === 'check') continue;
      this.budgeted.add(delivery);
      if (delivery.delivery.forge !== null) continue;
      this.genuine++;
      if (delivery.outcome === 'accepted') this.accepted++;
    }
    if (result.status === 'failed') this.failed[severity(result)]++;
    if (result.status === 'passed' || result.status === 'flaky') this.cover(result);
  }

  summary(interrupted: boolean): Pick<SuiteEnded, 'counts' | 'run' | 'coverage' | 'budgets'> {
    const coverage = this.coverage();
    const { latencyMs } = this.budgeted.summary(interrupted);
    const spent: Spent = { latencyMs, genuine: this.genuine, accepted: this.accepted, coverage };
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
        if (one.class !== 'must-accept' || one.verdict !== 'pass') continue;
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

/** The outcome that decides the exit code: the worst of a failed result's last try, or that an answer was not as it had to be. */
function severity({ kind, check, deliveries }: ResultEnded): Outcome {
  if (kind === 'check') return check && !check.summary.reached ? 'unreachable' : 'refused';
  const wrong = deliveries.filter(({ ok }) => !ok).map(({ outcome }) => outcome);
  return (['broken', 'unreachable', 'timed_out'] as const).find((outcome) => wrong.includes(outcome)) ?? 'refused';
}
