import type { EventSpec, Provider } from '../core/provider.js';

/** What lists, searches and the recognition of requests need of a provider that ships. */
export interface CatalogueEntry extends Pick<Provider, 'name' | 'title' | 'docs' | 'defaultEvent'> {
  /** Environment variables that may hold its secret, best first. */
  readonly env: readonly string[];
  /** Names of the headers in which its signature or secret stands, in lower case. */
  readonly proofHeaders: readonly string[];
  /** Whether a proof stands in its body or query. */
  readonly isProvedElsewhere: boolean;
  /** The other members that its description has. */
  readonly others: readonly (keyof Provider)[];
}

/** The events of all providers that ship, by the provider's name. */
export type CatalogueEvents = Readonly<Record<string, Readonly<Record<string, EventSpec>>>>;

const indexed: readonly string[] = ['name', 'title', 'docs', 'defaultEvent', 'events'];

/** Makes the entry of a provider, for the build. */
export function indexProvider(
  provider: Provider,
  proof: Pick<CatalogueEntry, 'proofHeaders' | 'isProvedElsewhere'>,
): CatalogueEntry {
  const { name, title, docs, defaultEvent, secret } = provider;
  const others = (Object.keys(provider) as (keyof Provider)[]).filter((key) => !indexed.includes(key));
  return { name, title, docs, defaultEvent, env: secret.env, ...proof, others };
}

/** Where the rest of a provider comes from. */
interface LateParts {
  readonly events: () => Provider['events'];
  readonly description: () => Provider;
}

/** The provider of an entry: its events and all that the index does not have are read when they are first asked for. */
export function providerOfEntry(
  { name, title, docs, defaultEvent, others }: CatalogueEntry,
  late: LateParts,
): Provider {
  const lazily = others.map((key) => [key, { enumerable: true, get: () => late.description()[key] }]);
  return Object.defineProperties(
    { name, title, docs, defaultEvent },
    { events: { enumerable: true, get: late.events }, ...Object.fromEntries(lazily) },
  ) as Provider;
}
