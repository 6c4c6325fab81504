import { formatDuration } from '../../core/duration.js';
import type {
  LoadEnded,
  LoadFailure,
  LoadFinding,
  LoadLatency,
  LoadSecond,
  LoadVerdict,
  StateAtRest,
} from '../../core/load.js';
import { printable } from '../../core/printable.js';

const blocks = '▁▂▃▄▅▆▇█';

/** A second of a load in a line. */
export function secondText({
  atSecond,
  seconds,
  rate,
  sent,
  ended,
  ok,
  dropped,
  inFlight,
  latencyMs,
  isWarmUp,
}: LoadSecond): string {
  const failed = ended - ok;
  const parts = [
    `${formatSecond(atSecond).padStart(4)} s`,
    `${String(sent).padStart(6)} sent${seconds < 1 ? ` in ${formatSecond(seconds)} s` : ''} (${formatRate(rate)})`,
    latencyMs
      ? `p50 ${formatMs(latencyMs.p50).padStart(8)}  p99 ${formatMs(latencyMs.p99).padStart(8)}`
      : 'no answers'.padEnd(25),
    `${inFlight} in flight`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(dropped > 0 ? [`${dropped} dropped`] : []),
    ...(isWarmUp ? ['warm-up'] : []),
  ];
  return parts.join('  ');
}

/** Seconds to the hundredth. */
export function formatSecond(seconds: number): string {
  return String(Number(seconds.toFixed(2)));
}

/** Formats figures as a row of blocks, scaled to the highest. */
export function sparkline(values: readonly number[], isUnicode: boolean): string {
  const most = Math.max(...values, 0);
  const steps = isUnicode ? blocks : '_.-=+*%#';
  return values
    .map((value) => (most === 0 ? steps[0] : steps[Math.min(7, Math.floor((value / most) * 7.999))]))
    .join('');
}

/** Formats the result of a load for people. */
export function loadText(
  ended: LoadEnded,
  verdict: LoadVerdict,
  { isVerbose }: { readonly isVerbose: boolean },
): string {
  const { latencyMs, serviceMs, lateMs } = ended;
  const failed = ended.ended - ended.ok;
  const lines = [
    `${ended.sent} sent in ${formatDuration(ended.seconds * 1000)}: ${formatRate(ended.reachedRate)} of ${formatRate(ended.askedRate)} asked for; ${ended.ok} ok, ${failed} failed, ${ended.dropped} dropped`,
    ...(latencyMs ? [`latency  ${latencyText(latencyMs, isVerbose)}   from when each was due`] : []),
    ...(serviceMs ? [`service  ${latencyText(serviceMs, isVerbose)}   from when each was sent`] : []),
    ...(lateMs && isVerbose ? [`late     ${latencyText(lateMs, true)}   sent later than due`] : []),
    `${ended.maxInFlight} in flight at most; ${formatBytes(ended.bytesSent)} sent, ${formatBytes(ended.bytesReceived)} received; ${Math.round(ended.cpu * 100)}% of a core used here`,
  ];
  if (ended.interrupted) lines.push(`It was interrupted; ${ended.unfinished} had no answer yet.`);
  if (ended.resent > 0)
    lines.push(`${ended.resent} sent again, as the receiver closed the idle connection that they were written to.`);
  if (ended.settled) lines.push(settledText(ended.settled));
  const shown = isVerbose ? ended.failures : ended.failures.slice(0, 5);
  for (const failure of shown) lines.push(failureText(failure));
  if (ended.failures.length > shown.length)
    lines.push(`  … and ${ended.failures.length - shown.length} other kinds, with verbose output`);
  return [...lines, ...verdictLines(ended, verdict)].map(printable).join('\n');
}

function settledText({ ms, problem }: StateAtRest): string {
  if (ms === null) return `The receiver's state: ${problem}`;
  return ms < 200
    ? "The receiver's state was at rest when the last delivery had ended."
    : `The receiver's state came to rest ${formatMs(ms)} after the last delivery had ended.`;
}

function failureText({ outcome, code, phase, count }: LoadFailure): string {
  return `  ${count} ${outcome.replace('_', ' ')}: ${code}${phase === null ? '' : ` (${phase})`}`;
}

function verdictLines(ended: LoadEnded, { verdict, findings }: LoadVerdict): string[] {
  const marks = { true: '✓', false: '✗', null: '?' } as const;
  const lines = findings.map((finding) => `${marks[`${finding.ok}`]} ${findingText(finding)}`);
  if (ended.machineLimit) {
    const { lateShare, cpu } = ended.machineLimit;
    lines.push(
      `This machine was the limit: ${formatShare(lateShare)} of the deliveries began more than 50 ms late, with ${Math.round(cpu * 100)}% of a core used. Ask for less, or end what else takes CPU time here.`,
    );
  }
  return [...lines, { passed: 'Passed', failed: 'Failed', not_judged: 'Not judged' }[verdict]];
}

/** A finding in words: `p99 is 312 ms, at most 250 ms`. */
export function findingText({ name, limit, measured, unit, bound, baseline }: LoadFinding): string {
  const format = { ms: formatMs, share: formatShare, perSecond: formatRate }[unit];
  const is = measured === null ? `${name} was not measured` : `${name} is ${format(measured)}`;
  const was = baseline === undefined ? '' : ` (${format(baseline)} before)`;
  return `${is}${was}, ${bound === 'max' ? 'at most' : 'at least'} ${format(limit)}`;
}

function latencyText({ min, p50, p90, p95, p99, p999, max, mean }: LoadLatency, isVerbose: boolean): string {
  const some = [
    ['p50', p50],
    ...(isVerbose ? [['p90', p90]] : []),
    ['p95', p95],
    ['p99', p99],
    ...(isVerbose ? [['p99.9', p999]] : []),
    ['max', max],
    ...(isVerbose
      ? [
          ['min', min],
          ['mean', mean],
        ]
      : []),
  ] as [string, number][];
  return some.map(([name, ms]) => `${name} ${formatMs(ms)}`).join('  ');
}

/** Milliseconds with three figures. */
export function formatMs(ms: number): string {
  if (ms >= 100_000) return formatDuration(ms);
  return ms >= 100 ? `${Math.round(ms)} ms` : ms >= 10 ? `${ms.toFixed(1)} ms` : `${ms.toFixed(2)} ms`;
}

/** A rate: `500/s`, or a small one as `1.5/s`. */
export function formatRate(perSecond: number): string {
  return `${perSecond >= 100 ? Math.round(perSecond) : Number(perSecond.toFixed(2))}/s`;
}

/** A share as a percentage. */
export function formatShare(share: number): string {
  return `${Number((share * 100).toPrecision(3))}%`;
}

function formatBytes(bytes: number): string {
  if (bytes < 10_000) return `${bytes} bytes`;
  return bytes < 10_000_000 ? `${Math.round(bytes / 1000)} kB` : `${Math.round(bytes / 1_000_000)} MB`;
}
