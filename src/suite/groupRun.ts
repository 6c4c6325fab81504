import type { Outcome } from '../core/attempt.js';
import type { Failure, ResultEnded } from '../core/suite.js';
import type { Clock } from '../core/world.js';
import { Arrivals } from './arrivals.js';
import { Captures } from './captures.js';
import { sampleDeliveries } from './sampleDeliveries.js';
import type { ItemResult, TriedItem, Unit, UnitContext, UnitGroup } from './unit.js';

/** The output of a receiver that the run started. */
export interface ReceiverLog {
  /** A place in it, for later. */
  mark(): number;
  /** The output since a mark; says where it was cut. */
  logSince(mark: number): string;
}

/** The options of the cases of a group. */
export interface GroupOptions extends Pick<UnitContext, 'onDelivery' | 'signal'> {
  readonly clock: Clock;
  /** The number of times that a failed case is retried. */
  readonly rerunFailed: number;
  readonly log: ReceiverLog | null;
}

/** Reasons for skipping cases that would have been run. */
export const reasons = { interrupted: 'interrupted', bailed: 'left out after a failure (bail)' };
/** Milliseconds that what the receiver wrote about a delivery may need to arrive after its answer. */
const logLagMs = 50;

/** A result, and what decides the exit code where it failed. */
export interface JudgedResult {
  readonly result: ResultEnded;
  readonly outcome: Outcome;
}

/** A unit and its place in the order of its suite. */
interface Numbered {
  readonly unit: Unit;
  readonly number: number;
}

/** The cases of one suite, several at a time. */
export class GroupRun {
  private readonly captures = new Captures();

  constructor(
    private readonly group: UnitGroup,
    private readonly options: GroupOptions,
    /** Returns the reason to start nothing more; null to go on. */
    private readonly stop: () => string | null,
  ) {}

  async *results(): AsyncGenerator<JudgedResult, void> {
    const arrivals = new Arrivals<JudgedResult>();
    const waiting = this.inLine();
    const work = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        await next.needs;
        for await (const judged of this.unitResults(next)) {
          arrivals.add(judged);
          // Whoever takes the results decides whether there is a next one.
          await arrivals.taken();
          if (arrivals.isClosed) return;
        }
        next.ended();
      }
    };
    const workers = Array.from({ length: this.group.concurrency }, work);
    Promise.all(workers).then(
      () => arrivals.end(),
      (error: unknown) => arrivals.fail(error),
    );
    yield* arrivals;
  }

  /** The units in their order, each with the end of those that give what it needs. */
  private inLine() {
    const givers = new Map<string, Promise<unknown>>();
    return this.group.units.map((unit, number) => {
      let ended = () => {};
      const end = new Promise<void>((resolve) => {
        ended = resolve;
      });
      const needs = Promise.all(unit.needs.map((name) => givers.get(name)));
      for (const name of unit.gives) givers.set(name, Promise.all([givers.get(name), end]));
      return { unit, number, ended, needs };
    });
  }

  private async *unitResults({ unit, number }: Numbered): AsyncGenerator<JudgedResult, void> {
    const variables = this.captures.before(number, unit.needs);
    const missing = unit.needs.find((name) => !Object.hasOwn(variables, name));
    const reason =
      unit.disabled ?? this.stop() ?? (missing === undefined ? null : `no earlier case captured ${missing}`);
    if (reason !== null) {
      for (const item of unit.items) yield this.skipped(item, reason);
      return;
    }
    const open = new Set(unit.items);
    const tries = new Map<TriedItem, Try>();
    for (let round = 0; open.size > 0 && round <= this.options.rerunFailed && this.stop() === null; round++) {
      for await (const one of this.tries(unit, { items: [...open], variables }, tries)) {
        const { item, failures, captured } = one.last;
        tries.set(item, one);
        if (failures.length > 0 && round < this.options.rerunFailed) continue;
        open.delete(item);
        this.captures.add(number, captured);
        yield this.judged(one);
        if (this.stop() !== null) break;
      }
    }
    for (const item of open) {
      const one = tries.get(item);
      yield one ? this.judged(one) : this.skipped(item, this.stop() ?? reasons.interrupted);
    }
  }

  /** Runs items again, each with the result earlier. */
  private async *tries(
    unit: Unit,
    running: Pick<UnitContext, 'items' | 'variables'>,
    earlier: ReadonlyMap<TriedItem, Try>,
  ): AsyncGenerator<Try, void> {
    const { clock, log, signal, onDelivery } = this.options;
    let mark = log?.mark() ?? 0;
    for await (const tried of unit.run({ ...running, onDelivery, signal })) {
      const endedAt = clock.now();
      const before = earlier.get(tried.item);
      if (log && tried.failures.length > 0) await clock.sleep(logLagMs, signal).catch(() => {});
      const text = log && tried.failures.length > 0 ? log.logSince(mark) : null;
      const all = [...(before?.last.deliveries ?? []), ...tried.deliveries];
      const deliveries = sampleDeliveries(all);
      yield {
        last: { ...tried, deliveries, more: (before?.last.more ?? 0) + tried.more + all.length - deliveries.length },
        startedAt: before?.startedAt ?? tried.startedAt,
        endedAt,
        earlier: before ? [...before.earlier, before.last.failures] : [],
        log: text === null ? (before?.log ?? null) : (before?.log ?? '') + text,
      };
      mark = log?.mark() ?? 0;
    }
  }

  private judged({ last, startedAt, endedAt, earlier, log }: Try): JudgedResult {
    const { item, failures, deliveries, more, check, outcome } = last;
    const result: ResultEnded = {
      type: 'result',
      ...item,
      status: failures.length > 0 ? 'failed' : earlier.length > 0 ? 'flaky' : 'passed',
      reason: null,
      failures,
      earlier,
      startedAt: new Date(startedAt).toISOString(),
      durationMs: Math.max(0, endedAt - startedAt),
      deliveries,
      ...(more > 0 && { more }),
      check,
      log,
    };
    return { result, outcome };
  }

  private skipped(item: TriedItem, reason: string): JudgedResult {
    const startedAt = new Date(this.options.clock.now()).toISOString();
    const nothing = { failures: [], earlier: [], deliveries: [], check: null, log: null };
    const result = {
      type: 'result',
      ...item,
      status: 'skipped',
      reason,
      startedAt,
      durationMs: 0,
      ...nothing,
    } as const;
    return { result, outcome: 'accepted' };
  }
}

/** All tries of an item up to now. */
interface Try {
  readonly last: ItemResult;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly earlier: readonly (readonly Failure[])[];
  readonly log: string | null;
}
