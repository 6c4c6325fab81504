import { formatDuration } from '../../core/duration.js';
import { excerpt } from '../../core/printable.js';
import type { DeliveryEnded } from '../../core/run.js';
import { type Failure, type ResultEnded, resultStatuses, type SuiteEnded } from '../../core/suite.js';
import { countOddities, grouped, milliseconds } from '../shared/words.js';

const lineLimit = 500;

/** The last lines of what a receiver wrote, safe and of bounded length; none where it wrote nothing. */
export function logTail(log: string | null, mostLines = 100): string[] {
  const text = log?.trimEnd() ?? '';
  if (text === '') return [];
  const lines = text.split(/\r?\n/);
  const left = lines.length - mostLines;
  const shown = lines.slice(-mostLines).map((line) => excerpt(line, lineLimit));
  return left > 0 ? [`… ${left} earlier lines`, ...shown] : shown;
}

/** Characters of a failure that are reported. */
const limit = 1000;

/** A failure in one safe line. */
export function failureLine({ expectation, message }: Failure): string {
  return `${expectation}: ${excerpt(message, limit)}`;
}

/** Joins the messages of all failures in one safe line. */
export function failureSummary(failures: readonly Failure[]): string {
  return failures.map(({ message }) => excerpt(message, limit)).join('; ');
}

/** The file of a suite as its repository names it (`ci/smoke.webhooks.yaml`); null for a suite that has none. */
export type FileOf = (suite: string) => string | null;

/** Returns the totals of a run of suites, in one line without hostile text, and whether all of it was as it had to be. */
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

/** A delivery of a suite, with the case of a check that it belongs to, where it belongs to one. */
export interface SuiteDelivery {
  readonly ended: DeliveryEnded;
  readonly checkCase: string | null;
}

/** All that a case of a suite sent, at every try. */
export function suiteDeliveries({ deliveries, check }: ResultEnded): SuiteDelivery[] {
  const caseOf = new Map(check?.cases.flatMap(({ name, deliveries }) => deliveries.map((each) => [each, name])));
  return deliveries.map((ended) => ({ ended, checkCase: caseOf.get(ended) ?? null }));
}
