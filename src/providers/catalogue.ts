import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogueFolder } from '../core/catalogueFolder.js';
import type { Flow } from '../core/flow.js';
import { memoize } from '../core/memoize.js';
import type { Provider } from '../core/provider.js';
import { withoutMode } from '../core/providerMode.js';
import { type CatalogueEntry, providerOfEntry } from './catalogueIndex.js';

/** The code before the JSON of a description. */
export const descriptionStart = 'export default ';

let index: readonly CatalogueEntry[] | undefined;
let listed: readonly Provider[] | undefined;
let flows: Readonly<Record<string, readonly Flow[]>> | undefined;
const described = new Map<string, Provider | undefined>();
const shipped = new WeakSet<Provider>();

/** The entries of the providers that ship, by name. */
export function catalogueIndex(): readonly CatalogueEntry[] {
  index ??= readJson('index.json') as CatalogueEntry[];
  return index;
}

/** The names of the providers that ship. */
export function catalogueNames(): readonly string[] {
  return catalogueIndex().map(({ name }) => name);
}

/** Returns the shipped providers, by name. Only their index is read; a description is read when more of it is needed. */
export function catalogueProviders(): readonly Provider[] {
  listed ??= catalogueIndex().map((entry) => {
    const provider = providerOfEntry(entry, () => findShipped(entry.name)!);
    shipped.add(provider);
    return provider;
  });
  return listed;
}

/** The provider of a name that ships, of which its description alone is read; undefined where none has it. */
export function findShipped(name: string): Provider | undefined {
  if (described.has(name)) return described.get(name);
  const provider = isShippedName(name) ? readShipped(name) : undefined;
  described.set(name, provider);
  if (provider) shipped.add(provider);
  return provider;
}

/** Returns whether a provider of this name ships. */
export function isShippedName(name: string): boolean {
  return /^[a-z][a-z0-9-]*$/.test(name) && existsSync(descriptionFile(name));
}

/** The environment variables that may hold the secret of a provider, as its description names them; of one that ships, without reading that. */
export function secretEnv(provider: Provider): readonly string[] {
  const entry = isShipped(provider) ? entryOf(provider) : undefined;
  return entry ? entry.env : provider.secret.env;
}

/** The number of a provider's events; of one that ships, without reading its description. */
export function countEvents(provider: Provider): number {
  const entry = isShipped(provider) ? entryOf(provider) : undefined;
  return entry ? entry.eventCount : Object.keys(provider.events).length;
}

/** Returns whether a provider is one that ships. */
export function isShipped(provider: Provider): boolean {
  return shipped.has(withoutMode(provider));
}

/** Returns whether the signature or secret of a provider may be in a request with headers of these names, in lower case; of one that does not ship it always may. */
export function mayHoldProof(provider: Provider, headers: ReadonlySet<string>): boolean {
  if (!isShipped(provider)) return true;
  const { isProvedElsewhere, proofHeaders } = entryOf(provider)!;
  return isProvedElsewhere || proofHeaders.some((name) => headers.has(name));
}

const entryOf = memoize(({ name }: Provider) => catalogueIndex().find((entry) => entry.name === name));

/** The flows of a provider that ships. */
export function shippedFlows(name: string): readonly Flow[] {
  flows ??= readJson('flows.json') as Record<string, readonly Flow[]>;
  return Object.hasOwn(flows, name) ? flows[name]! : [];
}

function descriptionFile(name: string): string {
  return join(catalogueFolder(), `${name}.js`);
}

/** A description is a module, for bundlers, of which JSON is all but its first words. */
function readShipped(name: string): Provider {
  return JSON.parse(readFileSync(descriptionFile(name), 'utf8').slice(descriptionStart.length)) as Provider;
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(join(catalogueFolder(), file), 'utf8'));
}
