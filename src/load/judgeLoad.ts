import type { Outcome } from '../core/attempt.js';
import { type LoadEnded, type LoadFinding, type LoadThresholds, type LoadVerdict, maxRestMs } from '../core/load.js';
import { failedShare, type LoadComparison } from './compareLoads.js';

/** Judges a load by what it had to keep. Failures are the receiver's whatever limited the load; times, and what was dropped, are not. */
export function judgeLoad(
  ended: LoadEnded,
  { maxLatency, maxFailed, minRate }: LoadThresholds,
  comparison: readonly LoadComparison[] = [],
): LoadVerdict {
  const isTrue = (ok: boolean) => (ended.machineLimit ? null : ok);
  const failed = failedShare(ended);
  // This machine may have been too late for what was dropped, which is no fault of the receiver's.
  const isOfDrops = failed > maxFailed && failedShare({ ...ended, dropped: 0 }) <= maxFailed;
  const isFew = isOfDrops ? isTrue(false) : failed <= maxFailed;
  const findings: LoadFinding[] = [
    { name: 'failed', limit: maxFailed, measured: failed, unit: 'share', bound: 'max', ok: isFew },
    ...maxLatency.map(({ percentile, ms }): LoadFinding => {
      const measured = ended.latencyMs?.[percentile] ?? null;
      const ok = measured !== null && measured <= ms;
      // A time that is short enough though this machine was late is short enough.
      return { name: percentile, limit: ms, measured, unit: 'ms', bound: 'max', ok: ok || isTrue(ok) };
    }),
    ...(minRate === null ? [] : [rateFinding(ended, minRate)]),
    ...restFindings(ended),
    ...comparison.map(({ name, unit, bound, limit, measured, baseline }): LoadFinding => {
      const ok = measured !== null && (bound === 'max' ? measured <= limit : measured >= limit);
      return { name, limit, measured, unit, bound, baseline, ok: ok || isTrue(ok) };
    }),
  ];
  if (findings.some(({ ok }) => ok === false)) return { verdict: 'failed', findings };
  const isOpen =
    findings.some(({ ok }) => ok === null) || ended.ended === 0 || ended.machineLimit !== null || ended.interrupted;
  return { verdict: isOpen ? 'not_judged' : 'passed', findings };
}

function rateFinding(ended: LoadEnded, limit: number): LoadFinding {
  const measured = ended.seconds > 0 ? ended.sent / ended.seconds : 0;
  const ok = measured >= limit;
  return { name: 'rate', limit, measured, unit: 'perSecond', bound: 'min', ok: ok || (ended.machineLimit ? null : ok) };
}

/**
 * Returns the findings about the state at rest: a state that was probed has to come to rest, and one that could not be read did not; an interruption
 * is no finding.
 */
function restFindings({ settled, interrupted }: LoadEnded): LoadFinding[] {
  if (!settled || interrupted) return [];
  const measured = settled.ms;
  return [{ name: 'rest', limit: maxRestMs, measured, unit: 'ms', bound: 'max', ok: measured !== null }];
}

/** Returns the outcomes that decide the exit code: those of the failures where there are too many of them. */
export function decisiveFailures(
  ended: LoadEnded,
  { verdict, findings }: LoadVerdict,
): Readonly<Record<Outcome, number>> {
  const isFailed = findings.some(({ name, ok }) => name === 'failed' && ok === false);
  const none = { accepted: 0, rejected: 0, timed_out: 0, broken: 0, unreachable: 0 };
  if (verdict === 'passed') return none;
  return isFailed && ended.ended > ended.ok ? ended.failed : { ...none, rejected: 1 };
}
