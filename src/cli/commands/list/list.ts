import { UsageError } from '../../../core/errors.js';
import { printable } from '../../../core/printable.js';
import type { Provider } from '../../../core/provider.js';
import { rankRows } from '../../../core/rankRows.js';
import { listOptions } from '../../../options/project.js';
import { countEvents, isShipped } from '../../../providers/catalogue.js';
import { allProviders, type BrokenProvider, findProvider } from '../../../providers/findProvider.js';
import { listedVariables } from '../../../providers/secrets.js';
import {
  eventTable,
  type FoundEvent,
  foundEventTable,
  type ListedProvider,
  type ProviderGroup,
  providerTable,
} from '../../../report/provider/catalogue.js';
import { wantsColour } from '../../io/colour.js';
import type { Io } from '../../io/io.js';
import { plainOptions, type RawFlags } from '../../options/flags.js';
import { loadProject } from '../../project/project.js';

/** Runs `list`. */
export async function runList(name: string | undefined, flags: RawFlags, io: Io): Promise<void> {
  const { json, config, search } = plainOptions(listOptions, flags);
  const project = await loadProject({ config }, io);
  const providers = name === undefined ? allProviders(project) : [findProvider(name, project)];
  const broken = name === undefined ? project.broken : [];
  for (const { error } of broken) io.stderr.write(`${printable(error.message)}\n`);
  const found = search === undefined ? null : findEvents(search, providers);
  if (json) {
    io.stdout.write(`${JSON.stringify(listDocument(found ? groupFound(found) : providers, broken), null, 2)}\n`);
    return;
  }
  const width = io.stdout.isTTY ? io.stdout.columns : Number.POSITIVE_INFINITY;
  const options = { colour: wantsColour(io.env, io.stdout), width };
  if (found) io.stdout.write(foundEventTable(found, options));
  else if (name !== undefined) io.stdout.write(eventTable(providers[0]!, options));
  else {
    io.stdout.write(providerTable(groupProviders(providers), options));
    if (io.stdout.isTTY)
      io.stderr.write(
        `\n${formatCounts(providers)}. Events of one: webhook-sim list stripe. Of all: webhook-sim list --search refund\n`,
      );
  }
}

/** The providers by group, a project's own first. */
function groupProviders(providers: readonly Provider[]): ProviderGroup[] {
  const own = providers.filter((provider) => !isShipped(provider));
  const groups = new Map<string, ListedProvider[]>();
  for (const provider of providers.filter(isShipped)) {
    const { group = 'others' } = provider;
    groups.set(group, [...(groups.get(group) ?? []), listed(provider)]);
  }
  const shipped = [...groups].sort(([one], [other]) => (one < other ? -1 : 1));
  return [
    ...(own.length > 0 ? [{ title: 'Your own', providers: own.map(listed) }] : []),
    ...shipped.map(([group, members]) => ({ title: group[0]!.toUpperCase() + group.slice(1), providers: members })),
  ];
}

function listed(provider: Provider): ListedProvider {
  const { name, title } = provider;
  return { name, title, eventCount: countEvents(provider) };
}

/** The events that fit a search, the best first. Throws a UsageError where there are none. */
function findEvents(search: string, providers: readonly Provider[]): FoundEvent[] {
  const rows = providers.flatMap((provider) =>
    Object.entries(provider.events).map(([event, { title, trigger }]) => ({
      name: `${provider.name} ${event}`,
      text: `${provider.title} ${title} ${trigger}`,
      found: { provider, event },
    })),
  );
  const ranked = rankRows(rows)(search);
  if (ranked.length > 0) return ranked.map(({ found }) => found);
  throw new UsageError(
    'UNKNOWN_EVENT',
    `No event fits "${search}". Try a shorter word, or see the events of one provider: webhook-sim list <provider>`,
  );
}

/** The providers of events that were found, each with those alone. */
function groupFound(found: readonly FoundEvent[]): Provider[] {
  const byProvider = new Map<Provider, [string, Provider['events'][string]][]>();
  for (const { provider, event } of found) {
    byProvider.set(provider, [...(byProvider.get(provider) ?? []), [event, provider.events[event]!]]);
  }
  return [...byProvider].map(([provider, events]) => ({ ...provider, events: Object.fromEntries(events) }));
}

function formatCounts(providers: readonly Provider[]): string {
  const events = providers.reduce((sum, provider) => sum + countEvents(provider), 0);
  return `${providers.length} providers, ${events} events`;
}

/** Builds the document of `list --json`. */
export function listDocument(providers: readonly Provider[], broken: readonly BrokenProvider[]) {
  return {
    schemaVersion: 1,
    type: 'list',
    providers: providers.map((provider) => ({
      name: provider.name,
      title: provider.title,
      docs: provider.docs,
      group: provider.group ?? null,
      aliases: provider.aliases ?? [],
      proof: provider.proof ?? [],
      defaultEvent: provider.defaultEvent,
      secretVariables: listedVariables(provider),
      events: Object.entries(provider.events).map(([name, event]) => ({
        name,
        title: event.title,
        trigger: event.trigger,
        certainty: event.certainty,
        source: event.source ?? provider.everyEvent?.source ?? null,
        note: event.note ?? null,
        variants: Object.entries(event.variants ?? {}).map(([variant, { title, certainty, note }]) => ({
          name: variant,
          title,
          certainty,
          note: note ?? null,
        })),
      })),
    })),
    broken: broken.map(({ name, error }) => ({ name, problem: error.message })),
  } as const;
}
