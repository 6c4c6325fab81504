import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Provider } from '../core/provider.js';
import { type ExampleName, exampleNames, isExampleName } from './exampleNames.js';

let loaded: readonly Provider[] | undefined;
const examples = new WeakSet<Provider>();

/** The providers that ship as examples. They are read when they are first asked for: most commands name none of them. */
export function exampleProviders(): readonly Provider[] {
  if (loaded) return loaded;
  const built = fileURLToPath(new URL('examples.json', import.meta.url));
  loaded = existsSync(built) ? JSON.parse(readFileSync(built, 'utf8')) : exampleNames.map(readExample);
  for (const provider of loaded!) examples.add(provider);
  return loaded!;
}

/** The example of a name; undefined where none has it. */
export function findExample(name: string): Provider | undefined {
  return isExampleName(name) ? exampleProviders().find((provider) => provider.name === name) : undefined;
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
  const provider = JSON.parse(readFileSync(join(place, 'provider.json'), 'utf8')) as Provider;
  return { ...provider, payloads: join(place, 'payloads') };
}
