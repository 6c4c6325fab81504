import type { LoadEnded, LoadFailure, LoadSecond, LoadStage, MachineLimit } from '../core/load.js';
import { expectedArrivals, rateAt, secondsOf } from './arrivals.js';
import { Latencies } from './latencies.js';
import { addCounts, noCounts } from './loadCounts.js';
import type { PartEnded, PartSecond } from './loadPart.js';
import { LoadSpans } from './loadSpans.js';

/** An arrival that begins later than this counts as late, in milliseconds. */
const lateMs = 50;
/** The share of late arrivals from which on this machine is what limits a load. */
const maxLateShare = 0.01;
/** Fewer late arrivals than these are a hiccup. */
const fewLate = 10;

/** The course of a load, as far as sums need it. */
export interface SummedCourse {
  readonly stages: readonly LoadStage[];
  readonly warmUpSeconds: number;
}

/** The figures of the whole load that its parts don't count. */
export interface EndOfLoad {
  readonly maxInFlight: number;
  readonly cpu: number;
  readonly interrupted: boolean;
}

/** Adds up what the parts of a load counted. */
export class LoadSums {
  private readonly spans = new LoadSpans();

  constructor(private readonly course: SummedCourse) {}

  /** Adds up a second of at least one part. */
  addSecond(parts: readonly PartSecond[], about: Pick<LoadSecond, 'inFlight' | 'cpu'>): LoadSecond {
    const { stages, warmUpSeconds } = this.course;
    const atSecond = Math.max(...parts.map((part) => part.atSecond));
    const seconds = Math.max(...parts.map((part) => part.seconds));
    const counts = noCounts();
    for (const part of parts) addCounts(counts, part.counts);
    const isWarmUp = atSecond <= warmUpSeconds;
    const times = addUp(parts).summary();
    // Just before its end: the rate changes from stage to stage.
    const rate = rateAt(stages, atSecond - 1e-9);
    const second: LoadSecond = { type: 'second', atSecond, seconds, rate, isWarmUp, ...about, ...counts, ...times };
    if (!isWarmUp) this.spans.add(second, sumOfBands(parts));
    return second;
  }

  /** Adds up the results of the parts. */
  end(parts: readonly PartEnded[], { maxInFlight, cpu, interrupted }: EndOfLoad): LoadEnded {
    const { stages, warmUpSeconds } = this.course;
    const counts = noCounts();
    for (const part of parts) addCounts(counts, part.counts);
    const seconds = Math.max(0, Math.max(0, ...parts.map(({ endedAtSecond }) => endedAtSecond)) - warmUpSeconds);
    // A load that falls behind takes longer than planned.
    const plannedSeconds = Math.min(seconds, secondsOf(stages) - warmUpSeconds);
    const plannedArrivals =
      expectedArrivals(stages, plannedSeconds + warmUpSeconds) - expectedArrivals(stages, warmUpSeconds);
    const latencies = addUp(parts);
    const eventLoopMs = Math.max(0, ...parts.map((part) => part.eventLoopMs));
    const lateShare = latencies.late.shareOver(lateMs);
    const isLimit = lateShare > maxLateShare && lateShare * counts.due >= fewLate;
    const machineLimit: MachineLimit | null = isLimit ? { lateShare, cpu, eventLoopMs } : null;
    return {
      type: 'load',
      ...counts,
      ...latencies.summary(),
      failures: sumOfFailures(parts),
      spans: this.spans.all,
      seconds,
      warmUpSeconds,
      askedRate: plannedSeconds > 0 ? plannedArrivals / plannedSeconds : 0,
      reachedRate: seconds > 0 ? (counts.due - counts.dropped) / seconds : 0,
      maxInFlight,
      unfinished: counts.sent - counts.ended,
      resent: parts.reduce((sum, { resent }) => sum + resent, 0),
      cpu,
      eventLoopMs,
      machineLimit,
      interrupted,
    };
  }
}

function addUp(parts: readonly Pick<PartSecond, 'latencies'>[]): Latencies {
  const [first, ...others] = parts;
  const sum = new Latencies(first?.latencies);
  for (const { latencies } of others) sum.add(latencies);
  return sum;
}

function sumOfBands(parts: readonly PartSecond[]): number[] {
  return parts.map(({ bands }) => [...bands]).reduce((sum, bands) => sum.map((count, at) => count + bands[at]!));
}

function sumOfFailures(parts: readonly PartEnded[]): LoadFailure[] {
  const sums = new Map<string, LoadFailure>();
  for (const failure of parts.flatMap(({ failures }) => failures)) {
    const key = `${failure.outcome} ${failure.code} ${failure.phase}`;
    sums.set(key, { ...failure, count: failure.count + (sums.get(key)?.count ?? 0) });
  }
  return [...sums.values()].sort((a, b) => b.count - a.count);
}
