import { formatDuration } from '../../core/duration.js';
import { resultStatuses, type SuiteEnded } from '../../core/suite.js';
import { countOddities } from '../shared/oddities.js';
import { grouped, milliseconds } from '../shared/words.js';

/** What a run of suites came to, in one line without hostile text, and whether all of it was as it had to be. */
export function suiteTotals(
  { counts, run, durationMs, budgets, interrupted, problem }: SuiteEnded,
  dot: string,
): { text: string; ok: boolean } {
  const results = resultStatuses.filter((status) => counts[status] > 0).map((status) => `${counts[status]} ${status}`);
  const latency = run.latencyMs
    ? [`p50 ${milliseconds(run.latencyMs.p50)}, p95 ${milliseconds(run.latencyMs.p95)}`]
    : [];
  const deliveries = `${grouped(run.sent)} ${run.sent === 1 ? 'delivery' : 'deliveries'}`;
  const sent = [deliveries, ...countOddities(run)].join(', ');
  const parts = [results.join(', ') || 'no cases', sent, ...latency, formatDuration(durationMs)];
  return {
    text: parts.join(` ${dot} `),
    ok: counts.failed === 0 && !interrupted && !problem && budgets.every(({ ok }) => ok),
  };
}
