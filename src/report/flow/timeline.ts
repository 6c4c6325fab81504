import { Chalk, type ChalkInstance } from 'chalk';
import { formatDuration } from '../../core/duration.js';
import type { FlowDelivered, FlowStarted, FlowState, FlowStopped } from '../../core/flow.js';
import { excerpt, printable } from '../../core/printable.js';
import type { RunEnded, RunWarning } from '../../core/run.js';
import { detailLines, summaryLine } from '../run/human.js';
import type { TextStyle, Writer } from '../shared/reporter.js';
import { describeOutcomeOf, describeWarning, marks, milliseconds, shortReason } from '../shared/words.js';

const dayMs = 86_400_000;

/** A length of time for a person, in days where it has some: `0 s`, `1.3 s`, `23 h 4 min`, `3 d 3 h`. */
function span(ms: number): string {
  if (ms < 1000) return `${Math.round(ms / 100) / 10} s`;
  if (ms < dayMs) return formatDuration(ms);
  const hours = Math.floor((ms % dayMs) / 3_600_000);
  return `${Math.floor(ms / dayMs)} d${hours > 0 ? ` ${hours} h` : ''}`;
}

/** A distance from the start of a flow: `+3 d 3 h`. */
export function distance(ms: number): string {
  return `+${span(ms)}`;
}

/** The most characters of a state shown to a person; JSON lines have all of it. */
const stateLimit = 2000;

/** Writes a flow as a timeline: when each event is due, the result, and how long the answer took. */
export class TimelineText {
  private readonly paint: ChalkInstance;
  private readonly sign: ReturnType<typeof marks>;
  private width = 0;
  private hasProviders = false;
  private started = false;

  constructor(
    private readonly write: Writer,
    private readonly options: TextStyle,
  ) {
    this.paint = new Chalk({ level: options.colour ? 1 : 0 });
    this.sign = marks(options.unicode);
  }

  start({ name, title, providers, offsetsMs }: FlowStarted): void {
    this.width = Math.max(...offsetsMs.map((ms) => distance(ms).length));
    this.hasProviders = providers.length > 1;
    const events = `${offsetsMs.length} ${offsetsMs.length === 1 ? 'event' : 'events'}`;
    const size = `${providers.join(', ')}, ${events} in ${span(offsetsMs.at(-1) ?? 0)}`;
    const head = name === title ? '' : `: ${printable(title)}`;
    this.write(
      `${this.started ? '\n' : ''}${this.paint.bold(printable(name))}${head} ${this.paint.dim(`(${size})`)}\n`,
    );
    this.started = true;
  }

  /** Writes the line of a delivery, with details below it. */
  delivery(event: FlowDelivered): void {
    const { paint, sign } = this;
    this.write(`${deliveryLine(event, this)}\n`);
    for (const line of detailLines(event, this.options, sign.dot)) this.write(`${paint.dim(line)}\n`);
  }

  /** A line for what was odd on the wire and is on no delivery. */
  warning(event: RunWarning): void {
    this.write(`${this.paint.yellow(describeWarning(event))}\n`);
  }

  stopped({ step, message }: FlowStopped): void {
    this.write(`${this.paint.red(`${this.sign.bad} stopped at step ${step}: ${printable(message)}`)}\n`);
  }

  state({ json, problem }: FlowState): void {
    if (json !== null) this.write(`State: ${excerpt(json, stateLimit)}\n`);
    else this.write(`${this.paint.red(`${this.sign.bad} no state: ${printable(problem ?? '')}`)}\n`);
  }

  summary(run: RunEnded): void {
    this.write(`${summaryLine(run, this.paint, this.sign.dot)}\n`);
  }

  /** The style of a delivery's line, and whether it names the provider. */
  get look() {
    const { paint, sign, width, hasProviders } = this;
    return { paint, sign, width, hasProviders };
  }
}

function deliveryLine({ delivery, attempts, outcome, ok, place }: FlowDelivered, { look }: TimelineText): string {
  const { paint, sign, width, hasProviders } = look;
  const attempt = attempts.at(-1)!;
  const tint = ok ? paint.green : paint.red;
  const words = [
    paint.dim(distance(place.offsetMs).padStart(width)),
    tint(ok ? sign.ok : sign.bad),
    tint(attempt.status === null ? sign.none : String(attempt.status)),
    ...(hasProviders ? [delivery.provider] : []),
    paint.bold(delivery.event),
    ...(delivery.variant === null ? [] : [`(${delivery.variant})`]),
    ...(place.copy === 1 ? [] : [paint.dim('again')]),
    milliseconds(attempt.timing.totalMs),
  ];
  const word = ok
    ? outcome === 'accepted'
      ? ''
      : describeOutcomeOf[outcome]
    : shortReason(outcome, attempt, delivery.forge);
  return `  ${words.join(' ')}${word ? `  ${tint(word)}` : ''}`;
}
