import type { Provider } from '../core/provider.js';

/** The parts of a shipped provider that the recognition of requests, a search for a name and the list of providers need. */
export interface CatalogueEntry extends Pick<Provider, 'name' | 'title' | 'group' | 'aliases'> {
  /** Environment variables that may hold its secret, best first. */
  readonly env: readonly string[];
  readonly eventCount: number;
  /** Lower-case names of the headers that carry its signature or secret. */
  readonly proofHeaders: readonly string[];
  /** True where its body or query carries a proof. */
  readonly isProvedElsewhere?: true;
  /** The members that its description has and others may not have. */
  readonly others: readonly (keyof Provider)[];
}

const indexed = ['name', 'title', 'group', 'aliases'] as const;
/** Members of every description that are not indexed. */
const described = [
  'docs',
  'defaultEvent',
  'events',
  'secret',
  'method',
  'headers',
  'values',
  'signatures',
  'dialect',
  'verifiesOver',
  'eventAt',
  'identities',
  'policy',
] as const satisfies readonly (keyof Provider)[];

/** Makes the entry of a provider, for the build. */
export function indexProvider(
  provider: Provider,
  places: Pick<CatalogueEntry, 'proofHeaders' | 'isProvedElsewhere'>,
): CatalogueEntry {
  const { name, title, group, aliases, secret, events } = provider;
  const known: readonly string[] = [...indexed, ...described];
  const others = (Object.keys(provider) as (keyof Provider)[]).filter((key) => !known.includes(key));
  const optional = { ...(group !== undefined && { group }), ...(aliases && { aliases }) };
  return { name, title, ...optional, env: secret.env, eventCount: Object.keys(events).length, ...places, others };
}

/** Returns the provider of an entry; its description is read when one of its members is first needed. */
export function providerOfEntry(entry: CatalogueEntry, description: () => Provider): Provider {
  const { name, title, group, aliases, others } = entry;
  const members = { name, title, ...(group !== undefined && { group }), ...(aliases && { aliases }) };
  const late = [...described, ...others].map((key) => [key, { enumerable: true, get: () => description()[key] }]);
  return Object.defineProperties(members, Object.fromEntries(late)) as Provider;
}
