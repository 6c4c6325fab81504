import type { Provider } from '../core/provider.js';

/** What the recognition of requests, and a search for a name, need of a provider that ships. */
export interface CatalogueEntry extends Pick<Provider, 'name' | 'title' | 'group' | 'aliases'> {
  /** Environment variables that may hold its secret, best first. */
  readonly env: readonly string[];
  /** Names of the headers in which its signature or secret stands, in lower case. */
  readonly proofHeaders: readonly string[];
  /** True where a proof stands in its body or query. */
  readonly isProvedElsewhere?: true;
  /** The members that its description has and others may not have. */
  readonly others: readonly (keyof Provider)[];
}

/** What lists of events need of a provider that ships. */
export type ListedProvider = Pick<Provider, 'docs' | 'defaultEvent' | 'proof' | 'everyEvent' | 'events'>;

const indexed = ['name', 'title', 'group', 'aliases'] as const;
const listed = ['docs', 'defaultEvent', 'proof', 'everyEvent', 'events'] as const;
/** What every description has, beside what is indexed and listed. */
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
  const { name, title, group, aliases, secret } = provider;
  const known: readonly string[] = [...indexed, ...listed, ...described];
  const others = (Object.keys(provider) as (keyof Provider)[]).filter((key) => !known.includes(key));
  const optional = { ...(group !== undefined && { group }), ...(aliases && { aliases }) };
  return { name, title, ...optional, env: secret.env, ...places, others };
}

/** Makes what is listed of a provider, for the build. */
export function listProvider({ docs, defaultEvent, proof, everyEvent, events }: Provider): ListedProvider {
  return { docs, defaultEvent, ...(proof && { proof }), ...(everyEvent && { everyEvent }), events };
}

/** Where the rest of a provider comes from. */
interface LateParts {
  readonly listed: () => ListedProvider;
  readonly description: () => Provider;
}

/** The provider of an entry: what the index does not have is read when it is first asked for. */
export function providerOfEntry(entry: CatalogueEntry, late: LateParts): Provider {
  const { env: _, proofHeaders: __, isProvedElsewhere: ___, others, ...members } = entry;
  const fromList = listed.map((key) => [key, { enumerable: true, get: () => late.listed()[key] }]);
  const fromDescription = [...described, ...others].map((key) => [
    key,
    { enumerable: true, get: () => late.description()[key] },
  ]);
  return Object.defineProperties(members, Object.fromEntries([...fromList, ...fromDescription])) as Provider;
}
