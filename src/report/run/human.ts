import { Chalk, type ChalkInstance } from 'chalk';
import type { Attempt } from '../../core/attempt.js';
import { findHeader } from '../../core/delivery.js';
import { excerpt, printable } from '../../core/printable.js';
import { type AttemptEnded, type DeliveryEnded, isOddOnTheWire, type RunEnded } from '../../core/run.js';
import { decodingRemark } from '../shared/bodySize.js';
import { buildReporter, type ReportEvent, type Reporter, type TextStyle, type Writer } from '../shared/reporter.js';
import {
  countOddities,
  describeOddities,
  describeOutcomeOf,
  describeWarning,
  grouped,
  marks,
  milliseconds,
  shortReason,
} from '../shared/words.js';
import { attemptDetails } from './details.js';

const units: readonly (readonly [ms: number, unit: string])[] = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'm'],
  [1000, 's'],
  [1, 'ms'],
];

/** Formats a time span as briefly as possible: `+0s`, `+1m`, `+1h11m`. */
function offset(ms: number): string {
  let rest = Math.round(ms);
  const parts = units.flatMap(([size, unit]) => {
    const count = Math.floor(rest / size);
    rest %= size;
    return count > 0 ? [`${count}${unit}`] : [];
  });
  return `+${parts.join('') || '0s'}`;
}

export interface HumanOptions extends TextStyle {
  /** Leave out deliveries that are ok; for long runs. */
  readonly onlyFailures: boolean;
}

/** One line a delivery for people, or a line for each attempt where there may be several, and a summary when there were several deliveries. */
export function human(write: Writer, options: HumanOptions): Reporter {
  const paint = new Chalk({ level: options.colour ? 1 : 0 });
  const sign = marks(options.unicode);
  const shown = new WeakSet<Attempt>();
  const details = (lines: readonly string[]) => {
    for (const line of lines) write(`${paint.dim(line)}\n`);
  };
  const isSilentOn = (event: ReportEvent) =>
    (event.type === 'delivery' && isLeftOut(event, options)) ||
    (event.type === 'attempt' && options.onlyFailures && !options.verbose);
  const reporter = buildReporter({
    attempt(event) {
      if (isSilentOn(event)) return;
      shown.add(event.attempt);
      write(`${attemptLine(event, paint, sign)}\n`);
      if (options.verbose) details(attemptDetails(event.delivery, event.attempt, sign.dot));
    },
    delivery(event) {
      if (isSilentOn(event)) return;
      const isShown = shown.has(event.attempts.at(-1)!);
      if (!isShown || event.ok !== (event.outcome === 'accepted')) write(`${deliveryLine(event, paint, sign)}\n`);
      if (!isShown || !options.verbose) details(detailLines(event, options, sign.dot));
    },
    warning: (event) => write(`${paint.yellow(describeWarning(event))}\n`),
    summary(event) {
      if (event.sent !== 1 || event.interrupted || event.resent || event.warnings)
        write(`${summaryLine(event, paint, sign.dot)}\n`);
    },
  });
  return { ...reporter, isSilentOn };
}

/** Returns whether a delivery has no line, for it is ok and nothing about it was odd. */
function isLeftOut(event: DeliveryEnded, { verbose, onlyFailures }: HumanOptions): boolean {
  return onlyFailures && !verbose && event.ok && !isOddOnTheWire(event);
}

type Sign = ReturnType<typeof marks>;

function deliveryLine(event: DeliveryEnded, paint: ChalkInstance, sign: Sign): string {
  const { attempts, outcome, ok } = event;
  const attempt = attempts.at(-1)!;
  const word = ok
    ? outcome === 'accepted'
      ? ''
      : `${describeOutcomeOf[outcome]}, as expected`
    : shortReason(outcome, attempt, event.delivery.forge);
  const which = attempts.length > 1 ? `attempt ${attempt.number}` : '';
  return line({ ...event, attempt, words: [word, which] }, paint, sign);
}

/** An attempt with the time at which it would have happened, and that of the next. */
function attemptLine(event: AttemptEnded, paint: ChalkInstance, sign: Sign): string {
  const { attempt, outcome, most, nextAtMs } = event;
  const ok = outcome === 'accepted';
  const which = attempt.number === 1 && ok ? '' : `attempt ${attempt.number} of ${most}`;
  const isAtOnce = nextAtMs === attempt.scheduledAtMs;
  const next = nextAtMs === null ? '' : isAtOnce ? 'next at once' : `next at ${offset(nextAtMs)}`;
  return line(
    { ...event, ok, words: [ok ? '' : shortReason(outcome, attempt), which, next] },
    paint,
    sign,
    attempt.scheduledAtMs,
  );
}

interface LineFacts extends Pick<DeliveryEnded, 'delivery' | 'ok' | 'fault' | 'copy'> {
  readonly attempt: Attempt;
  readonly words: readonly string[];
}

function line(facts: LineFacts, paint: ChalkInstance, sign: Sign, atMs: number | null = null): string {
  const { delivery, ok, fault, copy, attempt, words } = facts;
  const mark = ok ? paint.green(sign.ok) : paint.red(sign.bad);
  const status = attempt.status === null ? sign.none : String(attempt.status);
  const name = [
    delivery.provider,
    paint.bold(delivery.event),
    delivery.variant && `(${delivery.variant})`,
    delivery.forge && `[${delivery.forge}]`,
    fault && `[${fault.kind}]`,
    copy && `(copy ${copy.number} of ${copy.of})`,
  ];
  const parts = [
    paint.dim(clockTime(attempt)),
    ...(atMs === null ? [] : [offset(atMs).padStart(6)]),
    mark,
    ok ? paint.green(status) : paint.red(status),
    ...name.filter(Boolean),
    milliseconds(attempt.timing.totalMs),
  ];
  const text = words.filter((word) => word !== '').join(', ');
  return text ? `${parts.join(' ')}  ${ok ? paint.dim(text) : paint.red(text)}` : parts.join(' ');
}

/** Local wall-clock time of day. */
function clockTime({ startedAt }: Attempt): string {
  return new Date(startedAt).toTimeString().slice(0, 8);
}

/** Returns the details of a delivery, to follow its line. */
export function detailLines(event: DeliveryEnded, options: Pick<TextStyle, 'verbose'>, dot: string): string[] {
  const attempt = event.attempts.at(-1)!;
  const lines = describeOddities(event).map((line) => `  ${line}`);
  if (options.verbose) return [...lines, ...attemptDetails(event.delivery, attempt, dot)];
  const remark = decodingRemark(attempt.response);
  if (remark !== null) lines.push(`  ${remark}`);
  if (event.ok) return lines;
  if (attempt.error) lines.push(`  ${attempt.error.message}`);
  const location = findHeader(attempt.response?.headers ?? [], 'location');
  if (location && attempt.status! >= 300 && attempt.status! < 400)
    lines.push(`  redirects to ${excerpt(location, 200)}; webhooks are not redirected`);
  const text = Buffer.from(attempt.response?.body ?? [])
    .toString('utf8')
    .trim();
  if (text) lines.push(`  answer: ${excerpt(text, 200)}`);
  return lines;
}

/** Returns what a run came to, in one line. */
export function summaryLine(run: RunEnded, paint: ChalkInstance, dot: string): string {
  const { sent, ok, outcomes, latencyMs, interrupted } = run;
  const counts = Object.entries(outcomes)
    .filter(([, count]) => count > 0)
    .map(([outcome, count]) => `${grouped(count)} ${describeOutcomeOf[outcome as keyof typeof describeOutcomeOf]}`);
  const latency = latencyMs
    ? [`p50 ${milliseconds(latencyMs.p50)}, p95 ${milliseconds(latencyMs.p95)}, max ${milliseconds(latencyMs.max)}`]
    : [];
  const head = `${interrupted ? 'Interrupted: ' : ''}${grouped(sent)} sent`;
  const text = printable([head, ...counts, ...countOddities(run), ...latency].join(` ${dot} `));
  return ok === sent && !interrupted ? paint.green(text) : paint.red(text);
}
