import { Chalk, type ChalkInstance } from 'chalk';
import type { Attempt } from '../core/attempt.js';
import type { DeliveryEnded, RunEnded } from '../core/run.js';
import { attemptDetails } from './details.js';
import { excerpt, printable } from './printable.js';
import type { Reporter, Writer } from './reporter.js';
import { grouped, marks, milliseconds, outcomeWords, phrase } from './words.js';

export interface HumanOptions {
  readonly colour: boolean;
  /** Whether the terminal shows characters beyond ASCII. */
  readonly unicode: boolean;
  /** Show the request, the phases and the answer of each delivery. */
  readonly verbose: boolean;
  /** Leave out deliveries that are ok; for long runs. */
  readonly onlyFailures: boolean;
}

/** One line a delivery for people, and a summary when there were several. */
export function human(write: Writer, options: HumanOptions): Reporter {
  const paint = new Chalk({ level: options.colour ? 1 : 0 });
  const sign = marks(options.unicode);
  return {
    event(event) {
      if (event.type === 'summary') {
        if (event.sent !== 1 || event.interrupted) write(`${summaryLine(event, paint, sign.dot)}\n`);
      } else if (options.verbose || !event.ok || !options.onlyFailures) {
        write(`${deliveryLine(event, paint, sign)}\n`);
        for (const line of below(event, options, sign.dot)) write(`${paint.dim(line)}\n`);
      }
    },
  };
}

function deliveryLine(
  { delivery, attempts, outcome, ok }: DeliveryEnded,
  paint: ChalkInstance,
  sign: ReturnType<typeof marks>,
): string {
  const attempt = attempts.at(-1)!;
  const mark = ok ? paint.green(sign.ok) : paint.red(sign.bad);
  const status = attempt.status === null ? sign.none : String(attempt.status);
  const name = [
    delivery.provider,
    paint.bold(delivery.event),
    delivery.variant && `(${delivery.variant})`,
    delivery.forge && `[${delivery.forge}]`,
  ];
  const parts = [
    paint.dim(clockTime(attempt)),
    mark,
    ok ? paint.green(status) : paint.red(status),
    ...name.filter(Boolean),
    milliseconds(attempt.timing.totalMs),
  ];
  const word = ok ? (outcome === 'accepted' ? '' : `${outcomeWords[outcome]}, as expected`) : phrase(outcome, attempt);
  return word ? `${parts.join(' ')}  ${ok ? paint.dim(word) : paint.red(word)}` : parts.join(' ');
}

/** Local wall-clock time of day. */
function clockTime({ startedAt }: Attempt): string {
  return new Date(startedAt).toTimeString().slice(0, 8);
}

function below(event: DeliveryEnded, options: HumanOptions, dot: string): string[] {
  const attempt = event.attempts.at(-1)!;
  if (options.verbose) return attemptDetails(event.delivery, attempt, dot);
  const lines: string[] = [];
  if (event.ok) return lines;
  if (attempt.error) lines.push(`  ${attempt.error.message}`);
  const location = attempt.response?.headers.find(([name]) => name.toLowerCase() === 'location')?.[1];
  if (location && attempt.status! >= 300 && attempt.status! < 400)
    lines.push(`  redirects to ${excerpt(location, 200)}; webhooks are not redirected`);
  const text = Buffer.from(attempt.response?.body ?? [])
    .toString('utf8')
    .trim();
  if (text) lines.push(`  answer: ${excerpt(text, 200)}`);
  return lines;
}

function summaryLine(
  { sent, ok, outcomes, latencyMs, interrupted }: RunEnded,
  paint: ChalkInstance,
  dot: string,
): string {
  const counts = Object.entries(outcomes)
    .filter(([, count]) => count > 0)
    .map(([outcome, count]) => `${grouped(count)} ${outcomeWords[outcome as keyof typeof outcomeWords]}`);
  const latency = latencyMs
    ? [`p50 ${milliseconds(latencyMs.p50)}, p95 ${milliseconds(latencyMs.p95)}, max ${milliseconds(latencyMs.max)}`]
    : [];
  const head = `${interrupted ? 'Interrupted: ' : ''}${grouped(sent)} sent`;
  const text = printable([head, ...counts, ...latency].join(` ${dot} `));
  return ok === sent && !interrupted ? paint.green(text) : paint.red(text);
}
