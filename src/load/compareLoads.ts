import type { LoadEnded } from '../core/load.js';

/** A figure of a load, that of an earlier one, and the limit for it. */
export interface LoadComparison {
  readonly name: string;
  readonly unit: 'ms' | 'share' | 'perSecond';
  readonly bound: 'max' | 'min';
  readonly baseline: number;
  readonly measured: number | null;
  readonly limit: number;
}

/** The figures of an earlier load that a later one is compared with. */
export type LoadBaseline = Pick<LoadEnded, 'latencyMs' | 'ended' | 'ok' | 'dropped' | 'reachedRate'>;

/** Differences of a time that are noise, in milliseconds. */
const noiseMs = 1;
/** A difference of a share that is noise. */
const noiseShare = 0.001;

/** Compares a load with an earlier one; `tolerance` is the share by which it may be worse. */
export function compareLoads(now: LoadEnded, before: LoadBaseline, tolerance: number): LoadComparison[] {
  const times = (['p50', 'p95', 'p99'] as const).flatMap((name): LoadComparison[] => {
    const baseline = before.latencyMs?.[name];
    if (baseline === undefined) return [];
    const limit = baseline + Math.max(baseline * tolerance, noiseMs);
    return [{ name, unit: 'ms', bound: 'max', baseline, measured: now.latencyMs?.[name] ?? null, limit }];
  });
  const failed = failedShare(before);
  return [
    ...times,
    {
      name: 'failed',
      unit: 'share',
      bound: 'max',
      baseline: failed,
      measured: failedShare(now),
      limit: failed + Math.max(failed * tolerance, noiseShare),
    },
    {
      name: 'rate',
      unit: 'perSecond',
      bound: 'min',
      baseline: before.reachedRate,
      measured: now.reachedRate,
      limit: before.reachedRate * (1 - tolerance),
    },
  ];
}

/** The share of what was due that failed or was dropped, from 0 to 1. */
export function failedShare({ ended, ok, dropped }: Pick<LoadEnded, 'ended' | 'ok' | 'dropped'>): number {
  const all = ended + dropped;
  return all === 0 ? 0 : (ended - ok + dropped) / all;
}
