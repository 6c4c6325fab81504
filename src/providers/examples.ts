import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Provider } from '../core/provider.js';
import { type IndexedExample, providerOfEntry } from './exampleIndex.js';
import { type ExampleName, exampleNames, isExampleName } from './exampleNames.js';

let listed: readonly Provider[] | undefined;
const described = new Map<ExampleName, Provider>();
const examples = new WeakSet<Provider>();

/** The providers that ship as examples. Of a built package only their index is read, and a description when more is asked of it. */
export function exampleProviders(): readonly Provider[] {
  if (listed) return listed;
  const index = inPackage('index');
  listed = existsSync(index)
    ? (readJson(index) as IndexedExample[]).map((entry) => providerOfEntry(entry, () => findExample(entry.name)!))
    : exampleNames.map((name) => findExample(name)!);
  for (const provider of listed) examples.add(provider);
  return listed;
}

/** The example of a name, whose description alone is read; undefined where none has it. */
export function findExample(name: string): Provider | undefined {
  if (!isExampleName(name)) return undefined;
  const known = described.get(name);
  if (known) return known;
  const file = inPackage(name);
  const provider = existsSync(file) ? (readJson(file) as Provider) : readExample(name);
  described.set(name, provider);
  examples.add(provider);
  return provider;
}

function inPackage(name: string): string {
  return fileURLToPath(new URL(`examples/${name}.json`, import.meta.url));
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** Whether a provider is one that ships as an example. */
export function isExample(provider: Provider): boolean {
  return examples.has(provider);
}

/** Reads an example as it stands in a source tree. */
function readExample(name: ExampleName): Provider {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'examples/providers'))) {
    if (dirname(folder) === folder)
      throw new Error('The examples of webhook-sim are missing; install the package again.');
    folder = dirname(folder);
  }
  const place = join(folder, 'examples/providers', name);
  return { ...(readJson(join(place, 'provider.json')) as Provider), payloads: join(place, 'payloads') };
}
