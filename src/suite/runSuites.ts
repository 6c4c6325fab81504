import type { Clock } from '../core/clock.js';
import type { Failure, ResultEnded, SuiteEvent } from '../core/suite.js';
import { Arrivals } from './arrivals.js';
import type { SuiteTally } from './suiteTally.js';
import type { Item, Tried, Unit, UnitGroup } from './unit.js';

/** What a receiver that the run started wrote. */
export interface ReceiverLog {
  /** A place in it, for later. */
  mark(): number;
  /** What came since; told where it was cut. */
  logSince(mark: number): string;
}

export interface SuiteRun {
  readonly groups: readonly UnitGroup[];
  readonly tally: SuiteTally;
  readonly clock: Clock;
  /** Failed results after which nothing more is started; null for never. */
  readonly bail: number | null;
  /** How often what failed is tried again. */
  readonly rerunFailed: number;
  readonly log: ReceiverLog | null;
  readonly signal: AbortSignal;
}

const reasons = { interrupted: 'interrupted', bailed: 'left out after a failure (--bail)' };

/** Runs cases and yields each result when it is there, and the summary last. */
export async function* runSuites(options: SuiteRun): AsyncGenerator<SuiteEvent, void> {
  const { tally, clock, signal, bail, groups } = options;
  const startedAt = clock.now();
  let failed = 0;
  const stop = () => (signal.aborted ? reasons.interrupted : bail !== null && failed >= bail ? reasons.bailed : null);
  for (const group of groups) {
    for await (const result of new GroupRun(group, options, stop).results()) {
      if (result.status === 'failed') failed++;
      tally.add(result);
      yield result;
    }
  }
  yield {
    type: 'suite-summary',
    startedAt: new Date(startedAt).toISOString(),
    durationMs: clock.now() - startedAt,
    ...tally.summary(signal.aborted),
    bailed: !signal.aborted && stop() !== null,
    interrupted: signal.aborted,
  };
}

/** The cases of one suite, some of them at once. */
class GroupRun {
  private readonly variables: Record<string, string> = {};
  /** When each unit has ended, by the names of the variables that it gives. */
  private readonly givers = new Map<string, Promise<void>>();

  constructor(
    private readonly group: UnitGroup,
    private readonly options: SuiteRun,
    private readonly stop: () => string | null,
  ) {}

  async *results(): AsyncGenerator<ResultEnded, void> {
    const arrivals = new Arrivals<ResultEnded>();
    const waiting = this.group.units.map((unit) => {
      let ended = () => {};
      const end = new Promise<void>((resolve) => {
        ended = resolve;
      });
      const needs = unit.needs.map((name) => this.givers.get(name));
      for (const name of unit.gives) this.givers.set(name, end);
      return { unit, ended, needs };
    });
    const work = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        await Promise.all(next.needs);
        for await (const result of this.unitResults(next.unit)) {
          arrivals.add(result);
          // Whoever takes the results decides whether there is a next one.
          await arrivals.taken();
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

  private async *unitResults(unit: Unit): AsyncGenerator<ResultEnded, void> {
    const missing = unit.needs.find((name) => !Object.hasOwn(this.variables, name));
    const reason =
      unit.disabled ?? this.stop() ?? (missing === undefined ? null : `no earlier case captured ${missing}`);
    if (reason !== null) {
      for (const item of unit.items) yield this.skipped(item, reason);
      return;
    }
    const open = new Set(unit.items);
    let tries = new Map<Item, Try>();
    for (let round = 0; open.size > 0 && round <= this.options.rerunFailed; round++) {
      const failed = new Map<Item, Try>();
      for await (const one of this.tries(unit, [...open], tries)) {
        const { item } = one.last;
        if (one.last.failures.length > 0 && round < this.options.rerunFailed) {
          failed.set(item, one);
          continue;
        }
        open.delete(item);
        Object.assign(this.variables, one.last.captured);
        yield this.result(one);
      }
      tries = failed;
      if (this.options.signal.aborted) break;
    }
    for (const item of open) {
      const one = tries.get(item);
      yield one ? this.result(one) : this.skipped(item, reasons.interrupted);
    }
  }

  /** Runs items once more, each with what came of it earlier. */
  private async *tries(unit: Unit, items: readonly Item[], earlier: ReadonlyMap<Item, Try>): AsyncGenerator<Try, void> {
    const { clock, log, signal } = this.options;
    let startedAt = clock.now();
    let mark = log?.mark() ?? 0;
    for await (const tried of unit.run(items, this.variables, signal)) {
      const before = earlier.get(tried.item);
      const text = log && tried.failures.length > 0 ? log.logSince(mark) : null;
      yield {
        last: { ...tried, deliveries: [...(before?.last.deliveries ?? []), ...tried.deliveries] },
        startedAt: before?.startedAt ?? startedAt,
        endedAt: clock.now(),
        earlier: before ? [...before.earlier, before.last.failures] : [],
        log: text === null ? (before?.log ?? null) : (before?.log ?? '') + text,
      };
      startedAt = clock.now();
      mark = log?.mark() ?? 0;
    }
  }

  private result({ last, startedAt, endedAt, earlier, log }: Try): ResultEnded {
    const { item, failures, deliveries, check } = last;
    return {
      type: 'result',
      ...item,
      status: failures.length > 0 ? 'failed' : earlier.length > 0 ? 'flaky' : 'passed',
      reason: null,
      failures,
      earlier,
      startedAt: new Date(startedAt).toISOString(),
      durationMs: endedAt - startedAt,
      deliveries,
      check,
      log,
    };
  }

  private skipped(item: Item, reason: string): ResultEnded {
    const startedAt = new Date(this.options.clock.now()).toISOString();
    const nothing = { failures: [], earlier: [], deliveries: [], check: null, log: null };
    return { type: 'result', ...item, status: 'skipped', reason, startedAt, durationMs: 0, ...nothing };
  }
}

/** All tries of an item up to now. */
interface Try {
  readonly last: Tried;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly earlier: readonly (readonly Failure[])[];
  readonly log: string | null;
}
