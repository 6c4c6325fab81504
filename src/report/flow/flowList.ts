import { Chalk } from 'chalk';
import { printable } from '../../core/printable.js';
import { distance } from '../shared/span.js';

/** A flow that can be run. */
export interface ListedFlow {
  readonly name: string;
  readonly title: string;
  /** Whose it is: a provider's title, or the config's name. */
  readonly from: string;
  readonly steps: readonly { readonly provider: string; readonly event: string; readonly offsetMs: number }[];
}

/** What flows there are, for people; `steps` also shows their events. */
export function flowList(flows: readonly ListedFlow[], { colour, steps }: { colour: boolean; steps: boolean }): string {
  const paint = new Chalk({ level: colour ? 1 : 0 });
  const column = Math.max(...flows.map(({ name }) => name.length));
  const blocks = [...new Set(flows.map(({ from }) => from))].map((from) => {
    const lines = flows
      .filter((flow) => flow.from === from)
      .flatMap((flow) => [
        `  ${paint.cyan(printable(flow.name).padEnd(column))}  ${printable(flow.title)}`,
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
