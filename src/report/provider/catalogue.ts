import { Chalk } from 'chalk';
import type { EventSpec, Provider } from '../../core/provider.js';

export interface CatalogueOptions {
  readonly colour: boolean;
  /** Columns of the terminal. */
  readonly width: number;
}

interface ProviderOptions extends CatalogueOptions {
  /** Whether a provider ships as an example only. */
  readonly isExample: (provider: Provider) => boolean;
}

/** What can be sent, for people: each provider's events with trigger, variants and what is not documented. */
export function catalogue(providers: readonly Provider[], { colour, width, isExample }: ProviderOptions): string {
  const paint = new Chalk({ level: colour ? 1 : 0 });
  const blocks = providers.map((provider) => {
    const events = Object.entries(provider.events);
    const column = Math.max(...events.map(([name]) => name.length));
    const lines = events.flatMap(([name, event]) => {
      const text = shorten(event.trigger, width - column - 4);
      return [
        `  ${paint.cyan(text === '' ? name : name.padEnd(column))}  ${text}`.trimEnd(),
        ...remarks(event).map((remark) => paint.dim(`${' '.repeat(column + 4)}${shorten(remark, width - column - 4)}`)),
      ];
    });
    return [
      `${paint.bold(provider.title)} (${provider.name}), ${isExample(provider) ? 'an example, ' : ''}${eventCount(events.length)}${provider.docs === null ? '' : `, ${provider.docs}`}`,
      ...lines,
    ].join('\n');
  });
  return `${blocks.join('\n\n')}\n`;
}

/** The examples, a line each. */
export function exampleList(providers: readonly Provider[], { colour, width }: CatalogueOptions): string {
  if (providers.length === 0) return '';
  const paint = new Chalk({ level: colour ? 1 : 0 });
  const column = Math.max(...providers.map(({ name }) => name.length));
  const lines = providers.map(({ name, events }) => {
    const text = shorten(Object.keys(events).join(', '), width - column - 4);
    return `  ${paint.cyan(name.padEnd(column))}  ${text}\n`;
  });
  return `\n${paint.bold('Examples')}: short descriptions of known companies, with real signatures and a sample or two\n${lines.join('')}`;
}

function eventCount(count: number): string {
  return count === 1 ? '1 event' : `${count} events`;
}

/** What a user should know of an event beside its trigger. */
function remarks(event: EventSpec): string[] {
  const certainty = event.certainty === 'documented' ? [] : [certaintyWords[event.certainty]];
  const variants = Object.entries(event.variants ?? {}).map(([name, { title }]) => `--variant ${name}: ${title}`);
  return [...certainty, ...variants];
}

/** How sure we are of a payload, in words. */
export const certaintyWords = {
  documented: 'payload documented by the provider',
  observed: 'payload observed in real deliveries, not documented',
  inferred: 'payload inferred: the provider documents the event but not its payload',
  placeholder: 'placeholder: the real name and payload of this event are unknown',
} as const;

function shorten(text: string, width: number): string {
  return width < 20 || text.length <= width ? text : `${text.slice(0, width - 1)}…`;
}
