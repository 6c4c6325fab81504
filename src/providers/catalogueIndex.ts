import type { EventSpec, Provider } from '../core/provider.js';

/** What lists, searches and the recognition of requests need of a provider that ships. */
export interface CatalogueEntry
  extends Pick<Provider, 'name' | 'title' | 'docs' | 'defaultEvent' | 'group' | 'aliases' | 'proof'> {
  /** Environment variables that may hold its secret, best first. */
  readonly env: readonly string[];
  /** Names of the headers in which its signature or secret stands, in lower case. */
  readonly proofHeaders: readonly string[];
  /** Whether a proof stands in its body or query. */
  readonly isProvedElsewhere: boolean;
  /** The members that its description has and others may not have. */
  readonly others: readonly (keyof Provider)[];
}

/** The events of all providers that ship, by the provider's name. */
export type CatalogueEvents = Readonly<Record<string, Readonly<Record<string, EventSpec>>>>;

const indexed = ['name', 'title', 'docs', 'defaultEvent', 'group', 'aliases', 'proof', 'events'] as const;
/** What every description has, beside what is indexed. */
const described = [
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
  const { name, title, docs, defaultEvent, group, aliases, proof, secret } = provider;
  const known: readonly string[] = [...indexed, ...described];
  const others = (Object.keys(provider) as (keyof Provider)[]).filter((key) => !known.includes(key));
  const optional = { ...(group !== undefined && { group }), ...(aliases && { aliases }), ...(proof && { proof }) };
  return { name, title, docs, defaultEvent, ...optional, env: secret.env, ...places, others };
}

/** Where the rest of a provider comes from. */
interface LateParts {
  readonly events: () => Provider['events'];
  readonly description: () => Provider;
}

/** The provider of an entry: its events and all that the index does not have are read when they are first asked for. */
export function providerOfEntry(entry: CatalogueEntry, late: LateParts): Provider {
  const { env: _, proofHeaders: __, isProvedElsewhere: ___, others, ...members } = entry;
  const lazily = [...described, ...others].map((key) => [
    key,
    { enumerable: true, get: () => late.description()[key] },
  ]);
  return Object.defineProperties(members, {
    events: { enumerable: true, get: late.events },
    ...Object.fromEntries(lazily),
  }) as Provider;
}
