import type { Fault, Outcome } from './attempt.js';
import { parseDuration } from './duration.js';
import { badValue } from './errors.js';

/** A part of a load. Rates are arrivals per second; between the two the rate moves evenly. */
export interface LoadStage {
  readonly durationMs: number;
  readonly fromRate: number;
  readonly toRate: number;
}

/** The distribution of arrivals in time: evenly, or as if many independent users made them. */
export type ArrivalPattern = 'constant' | 'poisson';

/** The percentiles of a latency that a threshold can be about. */
export const percentiles = ['p50', 'p90', 'p95', 'p99', 'p999', 'max', 'mean'] as const;

/** Milliseconds; null where nothing was measured. */
export interface LoadLatency {
  readonly min: number;
  readonly mean: number;
  readonly p50: number;
  readonly p90: number;
  readonly p95: number;
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
}

/** The most that a percentile of the latency may be. */
export interface LatencyLimit {
  readonly percentile: (typeof percentiles)[number];
  readonly ms: number;
}

/** A fault with its share of the deliveries, from 0 to 1. */
export interface FaultShare {
  readonly fault: Fault;
  readonly share: number;
}

/** The thresholds of a load. */
export interface LoadThresholds {
  readonly maxLatency: readonly LatencyLimit[];
  /** The share of deliveries that may fail, be dropped included; from 0 to 1. */
  readonly maxFailed: number;
  /** Deliveries per second that have to be sent at least; null for none. */
  readonly minRate: number | null;
}

/** The counts of a span of time, or of a whole load. */
export interface LoadCounts {
  /** Arrivals that were due. */
  readonly due: number;
  /** Deliveries that were sent, copies and steps of flows included. */
  readonly sent: number;
  /** Arrivals that were due and not sent, because too many deliveries were in flight. */
  readonly dropped: number;
  /** Deliveries that ended. */
  readonly ended: number;
  readonly ok: number;
  readonly outcomes: Readonly<Record<Outcome, number>>;
  /** The outcomes of those that were not ok. */
  readonly failed: Readonly<Record<Outcome, number>>;
  readonly bytesSent: number;
  readonly bytesReceived: number;
}

/** One second of a load; the last one is shorter where the arrivals end within a second. */
export interface LoadSecond extends LoadCounts {
  readonly type: 'second';
  /** Seconds since the start, when it ended. */
  readonly atSecond: number;
  /** Its length, in seconds. */
  readonly seconds: number;
  /** Arrivals per second that were asked for at its end. */
  readonly rate: number;
  /** Deliveries in flight at its end. */
  readonly inFlight: number;
  /** Whether it counts in the figures of the whole. */
  readonly isWarmUp: boolean;
  /** From the moment at which a delivery was due to its answer. */
  readonly latencyMs: LoadLatency | null;
  /** From the start of the request to its answer. */
  readonly serviceMs: LoadLatency | null;
  /** The delay of the requests' start behind their due time. */
  readonly lateMs: LoadLatency | null;
  /** CPU time of this process over the time that went by; 1 is a whole core. */
  readonly cpu: number;
}

/** A kind of failure of deliveries: the code of an error, or a status. */
export interface LoadFailure {
  readonly outcome: Outcome;
  /** `503`, or an error's code such as `ECONNREFUSED`. */
  readonly code: string;
  /** The phase of the attempt in which an error came; null for a status. */
  readonly phase: string | null;
  readonly count: number;
}

/** A part of a load that shows how its latencies lie: so many deliveries for each band of latencies. */
export interface LoadSpan {
  readonly fromSecond: number;
  readonly toSecond: number;
  readonly due: number;
  readonly sent: number;
  readonly ended: number;
  readonly ok: number;
  readonly dropped: number;
  readonly p50: number | null;
  readonly p99: number | null;
  readonly max: number | null;
  /** Counts of `latencyBands`. */
  readonly bands: readonly number[];
}

/** The evidence that this machine, and not the receiver, limited a load, so that it is not judged. */
export interface MachineLimit {
  /** The share of arrivals that began late; from 0 to 1. */
  readonly lateShare: number;
  readonly cpu: number;
  /** The 99th percentile of how late the event loop was, in milliseconds. */
  readonly eventLoopMs: number;
}

/** The longest time that a receiver's state may go on changing after a load, in milliseconds. */
export const maxRestMs = 10 * 60_000;

/** The time at which a receiver's state came to rest after a load. */
export interface StateAtRest {
  /** Milliseconds after the end of the last delivery; null where it never came to rest, or could not be seen. */
  readonly ms: number | null;
  /** The reason why it could not be seen; null where it could. Hostile text. */
  readonly problem: string | null;
}

/** The summary of a load. The figures leave out the warm-up. */
export interface LoadEnded extends LoadCounts {
  readonly type: 'load';
  /** Seconds of sending, without the warm-up and the wait at the end. */
  readonly seconds: number;
  readonly warmUpSeconds: number;
  /** Arrivals per second: asked for, and begun. */
  readonly askedRate: number;
  readonly reachedRate: number;
  readonly latencyMs: LoadLatency | null;
  readonly serviceMs: LoadLatency | null;
  readonly lateMs: LoadLatency | null;
  readonly maxInFlight: number;
  /** Deliveries in flight when the load was interrupted. */
  readonly unfinished: number;
  /** Requests that were sent again at once, because the receiver closed the idle connection that they were written to. */
  readonly resent: number;
  readonly failures: readonly LoadFailure[];
  readonly spans: readonly LoadSpan[];
  readonly cpu: number;
  readonly eventLoopMs: number;
  readonly machineLimit: MachineLimit | null;
  /** The time at which the receiver's state came to rest; absent where it was not probed. */
  readonly settled?: StateAtRest;
  readonly interrupted: boolean;
}

/** One thing that a load has to keep, and whether it did; null where this machine, and not the receiver, was the limit. */
export interface LoadFinding {
  /** The measure, such as `p99` or `failed`. */
  readonly name: string;
  readonly limit: number;
  readonly measured: number | null;
  readonly unit: 'ms' | 'share' | 'perSecond';
  /** The most or the least that it may be. */
  readonly bound: 'max' | 'min';
  /** The value of an earlier run with which it is compared. */
  readonly baseline?: number;
  readonly ok: boolean | null;
}

/** The verdict on a load. */
export interface LoadVerdict {
  readonly verdict: 'passed' | 'failed' | 'not_judged';
  readonly findings: readonly LoadFinding[];
}

/** The upper bounds of bands of latencies, in milliseconds, each a quarter of a power of ten over the one before; the last has none. */
export const latencyBands: readonly number[] = Array.from({ length: 25 }, (_, at) => 0.1 * 10 ** (at / 4));

/** More arrivals per second than one machine can be asked for. */
const maxRate = 1_000_000;
const maxStages = 100;
/** The longest load, in milliseconds. */
export const maxLoadMs = 7 * 86_400_000;
const perSecond: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 };

/** Arrivals per second of a text such as `500/s`, `90/m` or `50`; `what` names the option in the UsageError for another. */
export function parseRate(text: string, what: string): number {
  const [, number, unit = 's'] = /^(\d+(?:\.\d+)?)(?:\/(s|m|h))?$/.exec(text.trim()) ?? [];
  const rate = number === undefined ? Number.NaN : Number(number) / perSecond[unit]!;
  if (rate <= maxRate) return rate;
  throw badValue('BAD_RATE', what, {
    value: text,
    reason: Number.isNaN(rate)
      ? `"${text}" is not a rate.`
      : `${text} is more than ${maxRate} a second, which no machine sends.`,
    hint: 'Write a number and a unit: 500/s, 90/m.',
  });
}

/** A rate, or one that moves evenly to another: `50/s..2000/s`. Throws a UsageError. */
export function parseRates(text: string, what: string): Pick<LoadStage, 'fromRate' | 'toRate'> {
  const [from = '', to = from, ...more] = text.split('..');
  if (more.length > 0) throw badStage(text, what);
  const rates = { fromRate: parseRate(from, what), toRate: parseRate(to, what) };
  if (rates.fromRate + rates.toRate > 0) return rates;
  const reason = 'a rate of 0 sends nothing.';
  throw badValue('BAD_RATE', what, { value: text, reason, hint: 'Write a number and a unit: 500/s.' });
}

/** Stages such as `10s@100/s,30s@100/s..1000/s,10s@0`; `what` names the option in the UsageError for another text. */
export function parseStages(given: unknown, what: string): LoadStage[] {
  const parts = (Array.isArray(given) ? given.map(String) : String(given).split(',')).map((part) => part.trim());
  if (parts.length > maxStages) {
    throw badValue('BAD_STAGES', what, { value: parts.join(','), reason: `more than ${maxStages} stages.` });
  }
  const stages = parts.map((part) => {
    const [duration = '', rates, ...more] = part.split('@');
    if (rates === undefined || more.length > 0) throw badStage(part, what);
    const [from = '', to = from, ...others] = rates.split('..');
    if (others.length > 0) throw badStage(part, what);
    const durationMs = parseDuration(duration.trim(), what);
    if (durationMs <= 0) throw badStage(part, what);
    return { durationMs, fromRate: parseRate(from, what), toRate: parseRate(to, what) };
  });
  if (stages.every(({ fromRate, toRate }) => fromRate + toRate === 0)) {
    const reason = 'all rates are 0, so nothing would be sent.';
    throw badValue('BAD_STAGES', what, { value: parts.join(','), reason });
  }
  return stages;
}

function badStage(text: string, what: string) {
  return badValue('BAD_STAGES', what, {
    value: text,
    reason: `"${text}" is not a stage.`,
    hint: 'Write durations and rates: 10s@100/s,30s@100/s..1000/s,10s@0.',
  });
}

/** A share from 0 to 1 of a text such as `2%` or `0.02`; `what` names the option in the UsageError for another. */
export function parseShare(given: unknown, what: string): number {
  const text = String(given).trim();
  const [, number, percent] = /^(\d+(?:\.\d+)?)(%?)$/.exec(text) ?? [];
  const share = number === undefined ? Number.NaN : Number(number) / (percent ? 100 : 1);
  if (share >= 0 && share <= 1) return share;
  const reason = `"${text}" is not a share from 0% to 100%.`;
  throw badValue('BAD_SHARE', what, { value: text, reason, hint: 'Write a percentage: 2%.' });
}

/** A limit of the latency such as `p99=250ms`; `what` names the option in the UsageError for another text. */
export function parseLatencyLimit(text: string, what: string): LatencyLimit {
  const [name = '', value, ...more] = text.split('=');
  const percentile = percentiles.find((each) => each === name.trim());
  if (percentile === undefined || value === undefined || more.length > 0) {
    throw badValue('BAD_LIMIT', what, {
      value: text,
      reason: `"${text}" is not a limit of a percentile.`,
      hint: `Write p99=250ms; the percentiles are ${percentiles.join(', ')}.`,
    });
  }
  return { percentile, ms: parseDuration(value.trim(), what) };
}
