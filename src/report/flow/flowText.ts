import { Chalk, type ChalkInstance } from 'chalk';
import type { FlowDelivered, OrderingEnded, OrdersEnded, OrdersEvent } from '../../core/flow.js';
import { excerpt, printable } from '../../core/printable.js';
import { padText, textWidth } from '../../core/textWidth.js';
import { buildReporter, type Reporter, type TextStyle, type Writer } from '../shared/reporter.js';
import { marks } from '../shared/words.js';
import { distance, TimelineText } from './timeline.js';

/** Deliveries that failed, of which an ordering shows the first ones. */
const shownFailures = 3;
const valueLimit = 120;
const stateLimit = 400;
/** Places of an ordering that are shown, where its state is another. */
const shownDifferences = 5;

/** Writes the orderings of a flow, one line each, with the first difference of those that end in another state. */
function ordersText(
  write: Writer,
  timeline: TimelineText,
  { colour, unicode, verbose }: TextStyle,
): (event: OrdersEvent) => void {
  const paint = new Chalk({ level: colour ? 1 : 0 });
  const sign = marks(unicode);
  let failed: FlowDelivered[] = [];
  return (event) => {
    if (event.type === 'delivery') {
      if (verbose) timeline.delivery(event);
      else if (!event.ok) failed.push(event);
    } else if (event.type === 'ordering') {
      for (const line of orderingLines(event, paint, sign)) write(`${line}\n`);
      for (const each of failed.slice(0, shownFailures)) timeline.delivery(each);
      if (failed.length > shownFailures) write(`  … and ${failed.length - shownFailures} more\n`);
      failed = [];
    } else {
      for (const line of verdictLines(event, paint)) write(`${line}\n`);
    }
  };
}

const describeState = {
  first: 'its state is what the others are compared with',
  same: 'the same state',
  different: 'another state',
  unknown: 'no state',
};

function orderingLines(event: OrderingEnded, paint: ChalkInstance, sign: ReturnType<typeof marks>): string[] {
  const { ordering, title, sent, accepted, state, before, seen, differences, problem } = event;
  const isGood = accepted === sent && (state === 'first' || state === 'same');
  const tint = isGood ? paint.green : paint.red;
  const count = accepted === sent ? `${sent} accepted` : `${accepted} of ${sent} accepted`;
  const lines = [
    `  ${tint(isGood ? sign.ok : sign.bad)} ${paint.bold(ordering.padEnd(10))} ${paint.dim(`${title}:`)} ${count}, ${tint(describeState[state])}`,
  ];
  if (state === 'first') {
    lines.push(`      before: ${before === null ? 'no state' : excerpt(before, stateLimit)}`);
    lines.push(`      after:  ${excerpt(seen ?? '', stateLimit)}`);
  }
  for (const difference of differences.slice(0, shownDifferences)) {
    const place = difference.path === '' ? 'the state' : excerpt(difference.path, valueLimit);
    lines.push(
      `      ${place} is ${valueText(difference.here)}, after the natural order ${valueText(difference.natural)}`,
    );
  }
  if (differences.length > shownDifferences) {
    lines.push(`      and in ${differences.length - shownDifferences} more places`);
  }
  if (problem !== null && state === 'unknown') lines.push(`      ${printable(problem)}`);
  return lines;
}

function valueText(json: string | null): string {
  return json === null ? 'not there' : excerpt(json, valueLimit);
}

function verdictLines({ ok, different, ignored, problem, run }: OrdersEnded, paint: ChalkInstance): string[] {
  const lines: string[] = [];
  if (ignored.length > 0 && problem === null) {
    const shown = ignored.slice(0, 5).map((path) => excerpt(path, 80));
    const more = ignored.length > 5 ? ` and ${ignored.length - 5} more` : '';
    lines.push(paint.dim(`Not compared, as it differs between equal runs: ${shown.join(', ')}${more}`));
  }
  if (ok) lines.push(paint.green('The receiver ends in the same state, whatever the order and repetition.'));
  else if (problem !== null) lines.push(paint.red(`${printable(problem).replace(/^n/, 'N')}`));
  else if (different.length > 0) {
    lines.push(paint.red(`The receiver ends in another state when events come ${different.join(', ')}.`));
  } else if (run.interrupted) lines.push(paint.red('Interrupted.'));
  else
    lines.push(
      paint.red(`The state is always the same, but ${run.sent - run.ok} of ${run.sent} deliveries were not accepted.`),
    );
  return lines;
}

/** Flows for people: a timeline of each, or its orderings. */
export function flowText(write: Writer, style: TextStyle): Reporter {
  const timeline = new TimelineText(write, style);
  const orders = ordersText(write, timeline, style);
  return buildReporter({
    flow: (event) => timeline.start(event),
    delivery(event) {
      if ('ordering' in event) orders(event);
      else if ('place' in event) timeline.delivery(event);
    },
    stopped: (event) => timeline.stopped(event),
    state: (event) => timeline.state(event),
    warning: (event) => timeline.warning(event),
    ordering: orders,
    orders,
    summary: (event) => timeline.summary(event),
  });
}

/** A flow that can be run. */
export interface ListedFlow {
  readonly name: string;
  readonly title: string;
  /** The owner of the flow: a provider's title, or the config's name. */
  readonly from: string;
  readonly steps: readonly {
    readonly provider: string;
    readonly event: string;
    readonly variant: string | null;
    readonly offsetMs: number;
  }[];
}

/** Returns what flows there are, for people; `steps` also shows their events. */
export function flowList(flows: readonly ListedFlow[], { colour, steps }: { colour: boolean; steps: boolean }): string {
  const paint = new Chalk({ level: colour ? 1 : 0 });
  const column = Math.max(...flows.map(({ name }) => textWidth(printable(name))));
  const blocks = [...new Set(flows.map(({ from }) => from))].map((from) => {
    const lines = flows
      .filter((flow) => flow.from === from)
      .flatMap((flow) => [
        `  ${paint.cyan(padText(printable(flow.name), column))}  ${printable(flow.title)}`,
        ...(steps ? stepLines(flow).map((line) => paint.dim(line)) : []),
      ]);
    return `${paint.bold(printable(from))}\n${lines.join('\n')}\n`;
  });
  return blocks.join('\n');
}

function stepLines({ steps }: ListedFlow): string[] {
  const width = Math.max(...steps.map(({ offsetMs }) => distance(offsetMs).length));
  const hasProviders = new Set(steps.map(({ provider }) => provider)).size > 1;
  return steps.map(
    ({ provider, event, offsetMs }) =>
      `    ${distance(offsetMs).padStart(width)}  ${hasProviders ? `${provider} ` : ''}${event}`,
  );
}
