import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Provider } from '../../src/core/provider.js';
import { parseJson } from '../../src/json/parse.js';
import type { Json } from '../../src/json/value.js';
import { sampleFile } from '../../src/payloads/sampleName.js';
import { providerSchema } from '../../src/providers/schema.js';

/** The folder of the providers that are described as data alone. */
export const examplesFolder = join(import.meta.dirname, '../../examples/providers');

/** Their names: those of the folders. */
export const exampleNames = readdirSync(examplesFolder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

/** An example's description as its file has it. */
export function exampleFile(name: string): unknown {
  return JSON.parse(readFileSync(join(examplesFolder, name, 'provider.json'), 'utf8'));
}

/** An example as it is loaded: through the schema of all providers. */
export function exampleProvider(name: string): Provider {
  return providerSchema.parse(exampleFile(name));
}

/** The sample of an example's event, or of a variant of it. */
export function exampleSample({ name }: Provider, event: string, variant: string | null = null): Json {
  return parseJson(readFileSync(join(examplesFolder, name, 'payloads', sampleFile({ event, variant })), 'utf8'));
}

/** The payload files that an example has. */
export function examplePayloads(name: string): string[] {
  const files = readdirSync(join(examplesFolder, name, 'payloads'), { recursive: true, encoding: 'utf8' });
  return files.filter((file) => file.endsWith('.json')).sort();
}
