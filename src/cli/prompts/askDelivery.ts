import type { EventSpec, Provider } from '../../core/provider.js';
import { describeCertainty, isSure } from '../../report/provider/catalogue.js';
import type { Io } from '../io/io.js';
import { type Back, back } from './ask.js';
import { chooseRow, type Row } from './chooseRow.js';

/** A person's choice of provider, event and variant. */
export interface ChosenDelivery {
  readonly provider: Provider;
  readonly event: string;
  readonly variant: string | null;
}

/** A delivery by its names. */
export interface DeliveryName {
  readonly provider: string;
  readonly event: string;
  readonly variant: string | null;
}

export interface DeliveryQuestion {
  readonly providers: readonly Provider[];
  /** Earlier choices, the latest first: these rows come first. */
  readonly recent?: readonly DeliveryName[];
  /** Whether variants of events are offered, too. */
  readonly withVariants?: boolean;
  /** Leaves only the events that have this variant, where some have. */
  readonly variant?: string | undefined;
}

type Choice = Provider | ChosenDelivery;

/** Asks for an event in one list over all providers and their events; a provider that is chosen shows its events. */
export async function askDelivery(question: DeliveryQuestion, io: Io): Promise<ChosenDelivery | Back> {
  const rows = deliveryRows(question);
  let initial: Choice | undefined;
  for (;;) {
    const chosen = await chooseRow<Choice>({ message: 'Provider or event', rows, initial }, io);
    if (chosen === back || 'event' in chosen) return chosen;
    initial = chosen;
    const delivery = await askEvent(chosen, question, io);
    if (delivery !== back) return delivery;
  }
}

/** Asks for an event of a provider. */
export function askEvent(
  provider: Provider,
  { variant, withVariants = false }: Pick<DeliveryQuestion, 'variant' | 'withVariants'>,
  io: Io,
): Promise<ChosenDelivery | Back> {
  const rows = eventRows(provider, { variant, withVariants }).map((row) => ({
    ...row,
    name: row.name.slice(provider.name.length + 1),
    completion: row.completion.slice(provider.name.length + 1),
  }));
  return chooseRow({ message: `Event of ${provider.title}`, rows }, io);
}

/** The rows of the list: recent choices, the providers, and the events of each. */
export function deliveryRows({
  providers,
  recent = [],
  withVariants = false,
  variant,
}: DeliveryQuestion): Row<Choice>[] {
  const events = providers.flatMap((provider) => eventRows(provider, { variant, withVariants }));
  const byName = new Map(events.map((row) => [rowKey(row.value), row]));
  const before = new Set(
    recent.flatMap(({ provider, event, variant }) => byName.get([provider, event, variant ?? ''].join('\n')) ?? []),
  );
  return [
    ...[...before].map((row) => ({ ...row, note: `${row.note}, recent`, isPreferred: true })),
    ...providers.map(providerRow),
    ...events.filter((row) => !before.has(row)),
  ];
}

function rowKey({ provider, event, variant }: ChosenDelivery): string {
  return [provider.name, event, variant ?? ''].join('\n');
}

function providerRow(provider: Provider): Row<Choice> {
  const { name, title, docs, events } = provider;
  const count = Object.keys(events).length;
  return {
    value: provider,
    name,
    text: title,
    note: `${title}, ${count === 1 ? '1 event' : `${count} events`}`,
    description: docs ?? '',
    completion: `${name} `,
  };
}

type EventRow = Row<ChosenDelivery> & { readonly note: string; readonly completion: string };

function eventRows(
  provider: Provider,
  { variant, withVariants }: Pick<DeliveryQuestion, 'variant' | 'withVariants'>,
): EventRow[] {
  const all = Object.entries(provider.events);
  all.sort(([a], [b]) => Number(b === provider.defaultEvent) - Number(a === provider.defaultEvent));
  const having = variant === undefined ? [] : all.filter(([, { variants = {} }]) => Object.hasOwn(variants, variant));
  return (having.length > 0 ? having : all).flatMap(([event, spec]) => [
    eventRow(provider, event, spec),
    ...(withVariants ? variantRows(provider, event, spec) : []),
  ]);
}

function eventRow(provider: Provider, event: string, spec: EventSpec): EventRow {
  const { title, trigger, certainty } = spec;
  return {
    value: { provider, event, variant: null },
    name: `${provider.name} ${event}`,
    text: `${provider.title} ${title} ${trigger} ${certainty}`,
    note: isSure(spec) ? title : `(${certainty}) ${title}`,
    description: isSure(spec) ? trigger : `${trigger} (${describeCertainty[certainty]})`.trim(),
    completion: `${provider.name} ${event}`,
  };
}

function variantRows(provider: Provider, event: string, { title, variants = {} }: EventSpec): EventRow[] {
  return Object.entries(variants).map(([variant, spec]) => ({
    value: { provider, event, variant },
    name: `${provider.name} ${event} (${variant})`,
    text: `${provider.title} ${title} variant ${spec.title}`,
    note: `variant: ${spec.title}`,
    description: spec.note ?? '',
    completion: `${provider.name} ${event} ${variant}`,
  }));
}
