import { Chalk } from 'chalk';
import type { EventSpec, Provider } from '../../core/provider.js';
import { cutText, padText, textWidth } from '../../core/textWidth.js';

export interface CatalogueOptions {
  readonly colour: boolean;
  /** Columns of the terminal. */
  readonly width: number;
}

/** An event, and whose it is. */
export interface FoundEvent {
  readonly provider: Provider;
  readonly event: string;
}

/** Providers that are listed together. */
export interface ProviderGroup {
  readonly title: string;
  readonly providers: readonly ListedProvider[];
}

/** The facts in the list of providers. */
export interface ListedProvider extends Pick<Provider, 'name' | 'title'> {
  readonly eventCount: number;
}

/** Formats groups of providers for people, a line each. */
export function providerTable(groups: readonly ProviderGroup[], { colour, width }: CatalogueOptions): string {
  const providers = groups.flatMap((group) => group.providers);
  const paint = new Chalk({ level: colour ? 1 : 0 });
  const nameColumn = longest(providers.map(({ name }) => name));
  const titleColumn = longest(providers.map(({ title }) => title));
  const line = ({ name, title, eventCount }: ListedProvider) => {
    const text = shorten(`${padText(title, titleColumn)}  ${formatCount(eventCount)}`, width - nameColumn - 4);
    return `  ${paint.cyan(padText(name, nameColumn))}  ${text}`;
  };
  const blocks = groups.map(({ title, providers: members }) => [paint.bold(title), ...members.map(line)].join('\n'));
  return `${blocks.join('\n\n')}\n`;
}

/** Formats the events of a provider for people, with trigger, variants and undocumented parts. */
export function eventTable(provider: Provider, { colour, width }: CatalogueOptions): string {
  const paint = new Chalk({ level: colour ? 1 : 0 });
  const { title, name, docs } = provider;
  const events = Object.entries(provider.events);
  const column = longest(Object.keys(provider.events));
  const lines = events.flatMap(([event, spec]) => {
    const text = shorten(spec.trigger, width - column - 4);
    return [
      `  ${paint.cyan(text === '' ? event : padText(event, column))}  ${text}`.trimEnd(),
      ...remarks(spec).map((remark) => paint.dim(`${' '.repeat(column + 4)}${shorten(remark, width - column - 4)}`)),
    ];
  });
  const head = `${paint.bold(title)} (${name}), ${formatCount(events.length)}${docs === null ? '' : `, ${docs}`}`;
  return `${[head, ...lines].join('\n')}\n`;
}

/** Formats events of several providers for people, a line each. */
export function foundEventTable(found: readonly FoundEvent[], { colour, width }: CatalogueOptions): string {
  const paint = new Chalk({ level: colour ? 1 : 0 });
  const names = found.map(({ provider, event }) => `${provider.name} ${event}`);
  const column = longest(names);
  return found
    .map(({ provider, event }, at) => {
      const { title, trigger } = provider.events[event]!;
      const text = shorten(trigger === '' ? title : trigger, width - column - 4);
      return `  ${paint.cyan(padText(names[at]!, column))}  ${text}`.trimEnd();
    })
    .map((line) => `${line}\n`)
    .join('');
}

function longest(texts: readonly string[]): number {
  return texts.reduce((most, text) => Math.max(most, textWidth(text)), 0);
}

function formatCount(count: number): string {
  return count === 1 ? '1 event' : `${count} events`;
}

/** Returns remarks on an event for users. */
function remarks(event: EventSpec): string[] {
  const certainty = isSure(event) ? [] : [describeCertainty[event.certainty]];
  const variants = Object.entries(event.variants ?? {}).map(([name, { title }]) => `--variant ${name}: ${title}`);
  return [...certainty, ...variants];
}

/** Returns whether a payload is documented by its provider. */
export function isSure({ certainty }: Pick<EventSpec, 'certainty'>): boolean {
  return certainty === 'documented' || certainty === 'schema';
}

/** The certainty of a payload, in words. */
export const describeCertainty = {
  schema: "payload valid against the provider's own schema",
  documented: 'payload documented by the provider',
  observed: 'payload observed in real deliveries, not documented',
  inferred: 'payload inferred: the provider documents the event but not its payload',
  placeholder: 'placeholder: the real name and payload of this event are unknown',
} as const;

function shorten(text: string, width: number): string {
  return width < 20 ? text : cutText(text, width);
}
