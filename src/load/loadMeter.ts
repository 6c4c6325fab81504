import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';
import { type Outcome, outcomes } from '../core/attempt.js';
import {
  type LoadCounts,
  type LoadFailure,
  type LoadLatency,
  type LoadSecond,
  type LoadSpan,
  latencyBands,
} from '../core/load.js';

/** Latencies are kept in whole microseconds. */
const perMs = 1000;
/** Spans that are kept; when there are more, each two become one. */
const maxSpans = 600;
/** Kinds of failures that are told apart. */
const maxFailureKinds = 50;

type Counts = { -readonly [K in keyof Omit<LoadCounts, 'outcomes' | 'failed'>]: number } & {
  readonly outcomes: Record<Outcome, number>;
  readonly failed: Record<Outcome, number>;
};

const noOutcomes = () => Object.fromEntries(outcomes.map((outcome) => [outcome, 0])) as Record<Outcome, number>;

function noCounts(): Counts {
  const [outcome, failed] = [noOutcomes(), noOutcomes()];
  return { due: 0, sent: 0, dropped: 0, ended: 0, ok: 0, outcomes: outcome, failed, bytesSent: 0, bytesReceived: 0 };
}

/** A delivery that ended. Times are milliseconds; one whose time says nothing of the receiver has no latency. */
export interface EndedDelivery {
  readonly outcome: Outcome;
  readonly ok: boolean;
  readonly code: string;
  readonly phase: string | null;
  readonly latencyMs: number | null;
  readonly serviceMs: number | null;
  readonly bytesReceived: number;
  /** Whether it was begun in the warm-up. */
  readonly isWarmUp: boolean;
}

/** Latencies in memory that does not grow with their number. */
class LatencyHistogram {
  readonly histogram: RecordableHistogram = createHistogram();

  record(ms: number): void {
    this.histogram.record(Math.max(1, Math.round(ms * perMs)));
  }

  /** Null where there were none. */
  summary(): LoadLatency | null {
    const { histogram } = this;
    if (histogram.count === 0) return null;
    const { min, max, mean } = histogram;
    const at = (percent: number) => Math.min(max, histogram.percentile(percent)) / perMs;
    const [p50, p90, p95, p99, p999] = [at(50), at(90), at(95), at(99), at(99.9)] as const;
    return { min: min / perMs, mean: mean / perMs, p50, p90, p95, p99, p999, max: max / perMs };
  }
}

/** The three times of the deliveries of a span. */
class Latencies {
  readonly latency = new LatencyHistogram();
  readonly service = new LatencyHistogram();
  readonly late = new LatencyHistogram();

  reset(): void {
    for (const { histogram } of [this.latency, this.service, this.late]) histogram.reset();
  }

  summary(): Pick<LoadSecond, 'latencyMs' | 'serviceMs' | 'lateMs'> {
    return { latencyMs: this.latency.summary(), serviceMs: this.service.summary(), lateMs: this.late.summary() };
  }
}

/** Counts what happens in a load, second by second, and all in all without the warm-up. */
export class LoadMeter {
  private readonly whole = noCounts();
  private readonly wholeLatencies = new Latencies();
  private second = noCounts();
  private bands = latencyBands.map(() => 0).concat(0);
  private readonly secondLatencies = new Latencies();
  private readonly failures = new Map<string, { -readonly [K in keyof LoadFailure]: LoadFailure[K] }>();
  private spans: LoadSpan[] = [];
  private secondsOfSpan = 1;
  private seconds = 0;

  /** An arrival is due; what belongs to the warm-up is in no figure of the whole. */
  due(isWarmUp: boolean): void {
    for (const counts of this.counts(isWarmUp)) counts.due++;
  }

  /** An arrival is not sent, because too much is in flight. */
  drop(isWarmUp: boolean): void {
    for (const counts of this.counts(isWarmUp)) counts.dropped++;
  }

  /** A delivery begins; `lateMs` is null where it was due by no clock. */
  begin(lateMs: number | null, bytes: number, isWarmUp: boolean): void {
    for (const counts of this.counts(isWarmUp)) {
      counts.sent++;
      counts.bytesSent += bytes;
    }
    if (lateMs !== null) for (const { late } of this.latencies(isWarmUp)) late.record(lateMs);
  }

  end({ outcome, ok, code, phase, latencyMs, serviceMs, bytesReceived, isWarmUp }: EndedDelivery): void {
    for (const counts of this.counts(isWarmUp)) {
      counts.ended++;
      counts.outcomes[outcome]++;
      counts.bytesReceived += bytesReceived;
      if (ok) counts.ok++;
      else counts.failed[outcome]++;
    }
    if (!ok && !isWarmUp) this.countFailure(outcome, code, phase);
    if (serviceMs === null) return;
    for (const { latency, service } of this.latencies(isWarmUp)) {
      service.record(serviceMs);
      if (latencyMs !== null) latency.record(latencyMs);
    }
    if (latencyMs !== null) this.bands[bandOf(latencyMs)]!++;
  }

  /** Whether nothing has happened in this second. */
  get isQuiet(): boolean {
    const { due, sent, ended } = this.second;
    return due === 0 && sent === 0 && ended === 0;
  }

  /** Closes a second. */
  closeSecond(about: Pick<LoadSecond, 'rate' | 'inFlight' | 'isWarmUp' | 'cpu'>): LoadSecond {
    const counts = this.second;
    this.seconds++;
    const latencies = this.secondLatencies.summary();
    if (!about.isWarmUp) this.addSpan(counts, latencies.latencyMs);
    this.second = noCounts();
    this.bands = this.bands.map(() => 0);
    this.secondLatencies.reset();
    return { type: 'second', atSecond: this.seconds, ...about, ...counts, ...latencies };
  }

  /** All but what a meter cannot know. */
  total(): LoadCounts &
    Pick<LoadSecond, 'latencyMs' | 'serviceMs' | 'lateMs'> & {
      readonly failures: readonly LoadFailure[];
      readonly spans: readonly LoadSpan[];
    } {
    const failures = [...this.failures.values()].sort((a, b) => b.count - a.count);
    const { whole } = this;
    const counts = { ...whole, outcomes: { ...whole.outcomes }, failed: { ...whole.failed } };
    return { ...counts, ...this.wholeLatencies.summary(), failures, spans: this.spans };
  }

  /** The share of arrivals that began later than this many milliseconds after they were due; of the whole. */
  lateShare(ms: number): number {
    const { histogram } = this.wholeLatencies.late;
    if (histogram.count === 0) return 0;
    let [low, high] = [0, 100];
    // The percentile at which lateness passes the limit.
    for (let step = 0; step < 20; step++) {
      const middle = (low + high) / 2;
      if (middle > 0 && histogram.percentile(middle) > ms * perMs) high = middle;
      else low = middle;
    }
    return (100 - high) / 100;
  }

  private counts(isWarmUp: boolean): readonly Counts[] {
    return isWarmUp ? [this.second] : [this.second, this.whole];
  }

  private latencies(isWarmUp: boolean): readonly Latencies[] {
    return isWarmUp ? [this.secondLatencies] : [this.secondLatencies, this.wholeLatencies];
  }

  private countFailure(outcome: Outcome, code: string, phase: string | null): void {
    const key = `${outcome} ${code} ${phase}`;
    const known = this.failures.get(key);
    if (known) known.count++;
    else if (this.failures.size < maxFailureKinds) this.failures.set(key, { outcome, code, phase, count: 1 });
  }

  private addSpan({ due, sent, ended, ok, dropped }: Counts, latency: LoadLatency | null): void {
    const part = {
      fromSecond: this.seconds - 1,
      toSecond: this.seconds,
      due,
      sent,
      ended,
      ok,
      dropped,
      p50: latency?.p50 ?? null,
      p99: latency?.p99 ?? null,
      max: latency?.max ?? null,
      bands: this.bands,
    };
    const last = this.spans.at(-1);
    if (last && last.toSecond - last.fromSecond < this.secondsOfSpan)
      this.spans[this.spans.length - 1] = joined(last, part);
    else this.spans.push(part);
    if (this.spans.length <= maxSpans) return;
    this.secondsOfSpan *= 2;
    const pairs: LoadSpan[] = [];
    for (let at = 0; at < this.spans.length; at += 2) {
      const next = this.spans[at + 1];
      pairs.push(next ? joined(this.spans[at]!, next) : this.spans[at]!);
    }
    this.spans = pairs;
  }
}

function bandOf(ms: number): number {
  // Bands are even in the logarithm.
  const at = Math.ceil(Math.log10(Math.max(ms, 1e-9) / latencyBands[0]!) * 4 - 1e-9);
  return Math.min(latencyBands.length, Math.max(0, at));
}

/** Two spans as one. Of percentiles the worse stands for both. */
function joined(a: LoadSpan, b: LoadSpan): LoadSpan {
  const worse = (one: number | null, other: number | null) =>
    one === null || other === null ? (one ?? other) : Math.max(one, other);
  return {
    fromSecond: a.fromSecond,
    toSecond: b.toSecond,
    due: a.due + b.due,
    sent: a.sent + b.sent,
    ended: a.ended + b.ended,
    ok: a.ok + b.ok,
    dropped: a.dropped + b.dropped,
    p50: worse(a.p50, b.p50),
    p99: worse(a.p99, b.p99),
    max: worse(a.max, b.max),
    bands: a.bands.map((count, at) => count + b.bands[at]!),
  };
}
