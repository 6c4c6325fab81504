import type { Outcome } from '../core/attempt.js';
import { type LoadFailure, latencyBands } from '../core/load.js';
import { Latencies } from './latencies.js';
import { type Counts, noCounts } from './loadCounts.js';
import type { PartEnded, PartSecond } from './loadPart.js';

/** The most kinds of failures that are counted separately. */
const maxFailureKinds = 50;

/** A delivery that ended. Times are in milliseconds; latency is absent where it does not measure the receiver. */
export interface EndedDelivery {
  readonly outcome: Outcome;
  readonly ok: boolean;
  readonly code: string;
  readonly phase: string | null;
  readonly latencyMs: number | null;
  readonly serviceMs: number | null;
  readonly bytesReceived: number;
  /** True when it began in the warm-up. */
  readonly isWarmUp: boolean;
}

/** Counts what one thread sends of a load, second by second, and all in all without the warm-up. */
export class LoadMeter {
  private readonly whole = noCounts();
  private readonly wholeLatencies = new Latencies();
  private second = noCounts();
  private bands = noBands();
  private latencies = new Latencies();
  /** Of deliveries that were begun in the warm-up; null where none has ended in this second. */
  private warmUpLatencies: Latencies | null = null;
  private readonly failures = new Map<string, { -readonly [K in keyof LoadFailure]: LoadFailure[K] }>();

  /** An arrival is due; what belongs to the warm-up is in no figure of the whole. */
  due(isWarmUp: boolean): void {
    this.second.due++;
    if (!isWarmUp) this.whole.due++;
  }

  /** An arrival is not sent, because too much is in flight. */
  drop(isWarmUp: boolean): void {
    this.second.dropped++;
    if (!isWarmUp) this.whole.dropped++;
  }

  /** A delivery begins; `lateMs` is null where it was due by no clock. */
  begin(lateMs: number | null, bytes: number, isWarmUp: boolean): void {
    begin(this.second, bytes);
    if (!isWarmUp) begin(this.whole, bytes);
    if (lateMs !== null) this.latenciesOf(isWarmUp).late.record(lateMs);
  }

  end(ended: EndedDelivery): void {
    const { outcome, ok, code, phase, latencyMs, serviceMs, isWarmUp } = ended;
    end(this.second, ended);
    if (!isWarmUp) end(this.whole, ended);
    if (!ok && !isWarmUp) this.countFailure(outcome, code, phase);
    if (serviceMs === null) return;
    const { latency, service } = this.latenciesOf(isWarmUp);
    service.record(serviceMs);
    if (latencyMs === null) return;
    latency.record(latencyMs);
    this.bands[bandOf(latencyMs)]!++;
  }

  /** True when nothing has happened in this second. */
  get isQuiet(): boolean {
    const { due, sent, ended } = this.second;
    return due === 0 && sent === 0 && ended === 0;
  }

  /** Closes a second. */
  closeSecond(): Pick<PartSecond, 'counts' | 'bands' | 'latencies'> {
    const { second: counts, bands, latencies, warmUpLatencies } = this;
    this.wholeLatencies.add(latencies.histograms());
    if (warmUpLatencies) latencies.add(warmUpLatencies.histograms());
    this.second = noCounts();
    this.bands = noBands();
    this.latencies = new Latencies();
    this.warmUpLatencies = null;
    return { counts, bands, latencies: latencies.histograms() };
  }

  /** The sums of all seconds that were closed. */
  total(): Pick<PartEnded, 'counts' | 'latencies' | 'failures'> {
    return { counts: this.whole, latencies: this.wholeLatencies.histograms(), failures: [...this.failures.values()] };
  }

  private latenciesOf(isWarmUp: boolean): Latencies {
    if (!isWarmUp) return this.latencies;
    this.warmUpLatencies ??= new Latencies();
    return this.warmUpLatencies;
  }

  private countFailure(outcome: Outcome, code: string, phase: string | null): void {
    const key = `${outcome} ${code} ${phase}`;
    const known = this.failures.get(key);
    if (known) known.count++;
    else if (this.failures.size < maxFailureKinds) this.failures.set(key, { outcome, code, phase, count: 1 });
  }
}

function begin(counts: Counts, bytes: number): void {
  counts.sent++;
  counts.bytesSent += bytes;
}

function end(counts: Counts, { outcome, ok, bytesReceived }: EndedDelivery): void {
  counts.ended++;
  counts.outcomes[outcome]++;
  counts.bytesReceived += bytesReceived;
  if (ok) counts.ok++;
  else counts.failed[outcome]++;
}

const noBands = () => new Array<number>(latencyBands.length + 1).fill(0);

function bandOf(ms: number): number {
  // Bands are even in the logarithm.
  const at = Math.ceil(Math.log10(Math.max(ms, 1e-9) / latencyBands[0]!) * 4 - 1e-9);
  return Math.min(latencyBands.length, Math.max(0, at));
}
