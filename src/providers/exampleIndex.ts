import type { Provider } from '../core/provider.js';

/** What lists, suggestions and completion need of a provider. */
const indexedMembers = ['name', 'title', 'docs', 'defaultEvent', 'events', 'secret'] as const;

/** What the build keeps of an example beside its description, so that lists need not read that. */
export interface IndexedExample extends Pick<Provider, (typeof indexedMembers)[number]> {
  /** The other members that its description has. */
  readonly others: readonly (keyof Provider)[];
}

/** What the index has of an example. */
export function indexExample(provider: Provider): IndexedExample {
  const { name, title, docs, defaultEvent, events, secret } = provider;
  const others = (Object.keys(provider) as (keyof Provider)[]).filter(
    (key) => !(indexedMembers as readonly string[]).includes(key),
  );
  return { name, title, docs, defaultEvent, events, secret, others };
}

/** The provider of an entry: what the index does not have is taken from its description, which is read when that is first asked for. */
export function providerOfEntry({ others, ...members }: IndexedExample, describe: () => Provider): Provider {
  const late = others.map((key) => [key, { enumerable: true, get: () => describe()[key] }]);
  return Object.defineProperties(members, Object.fromEntries(late)) as Provider;
}
