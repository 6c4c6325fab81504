/** Builds the catalogue: the index of the providers in `payloads/`, and of each its description, flows and samples. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sampleKeysIn } from '../src/config/ownSamples.js';
import type { Flow } from '../src/core/flow.js';
import type { Provider } from '../src/core/provider.js';
import { findProofPlaces } from '../src/delivery/recognizeProviders.js';
import { readYaml } from '../src/documents/readYaml.js';
import { findSampleFile, readSampleFile } from '../src/payloads/readSampleFile.js';
import { sampleKey, sampleNames, sampleStem } from '../src/payloads/sampleName.js';
import { buildStore } from '../src/payloads/store.js';
import { descriptionStart } from '../src/providers/catalogue.js';
import { indexProvider } from '../src/providers/catalogueIndex.js';
import { completeProvider } from '../src/providers/complete.js';
import { descriptionSchema, flowsSchema } from '../src/providers/schema.js';

/** A provider that ships, with its flows apart from it. */
export interface CatalogueProvider {
  readonly provider: Provider;
  readonly flows: readonly Flow[];
}

/** Reads the providers of a folder, by name. Throws an error that names the file for one that does not fit. */
export function readCatalogue(folder: string): CatalogueProvider[] {
  return readdirSync(folder)
    .sort()
    .map((name) => readProvider(folder, name));
}

function readProvider(folder: string, name: string): CatalogueProvider {
  const place = join(folder, name);
  const description = parsed(join(place, 'provider.yaml'), descriptionSchema);
  if (description.name !== name) throw new Error(`payloads/${name}: its description names it ${description.name}.`);
  const provider = completeProvider(description);
  if (!provider.proof) throw new Error(`payloads/${name}: nothing proves its signature. Give proof.`);
  if (!provider.group) throw new Error(`payloads/${name}: it is in no group. Give group.`);
  const { samples: _, ...shipped } = provider;
  const file = join(place, 'flows.yaml');
  assertSamples(provider, join(place, 'events'));
  return { provider: shipped, flows: existsSync(file) ? parsed(file, flowsSchema) : [] };
}

function parsed<T>(
  file: string,
  schema: { safeParse(data: unknown): { success: boolean; data?: T; error?: Error } },
): T {
  const { success, data, error } = schema.safeParse(readYaml(readFileSync(file, 'utf8'), file).data);
  if (!success) throw new Error(`${file}: ${error?.message}`);
  return data as T;
}

/** Throws for a sample that is missing, and for one that nothing calls for. */
function assertSamples(provider: Provider, folder: string): void {
  const expected = sampleNames(provider).map(sampleKey);
  const found = sampleKeysIn(folder).map(sampleKey);
  const missing = expected.filter((key) => !found.includes(key));
  const spare = found.filter((key) => !expected.includes(key));
  const problems = [
    ...missing.map((key) => `${key} has no sample`),
    ...spare.map((key) => `the sample ${key} is of no event`),
  ];
  if (problems.length > 0) throw new Error(`payloads/${provider.name}: ${problems.join('; ')}.`);
}

/** Writes the catalogue of a folder of providers. */
export function buildCatalogue(folder: string, outdir: string): void {
  const providers = readCatalogue(folder);
  rmSync(outdir, { recursive: true, force: true });
  mkdirSync(outdir, { recursive: true });
  const write = (file: string, data: object | Uint8Array) =>
    writeFileSync(join(outdir, file), data instanceof Uint8Array ? data : JSON.stringify(data));
  for (const { provider, flows } of providers) {
    const { name } = provider;
    writeFileSync(join(outdir, `${name}.js`), descriptionStart + JSON.stringify(provider));
    if (flows.length > 0) write(`${name}.flows.json`, flows);
    const read = (sample: { event: string; variant: string | null }) => {
      const events = join(folder, name, 'events');
      return readSampleFile(events, findSampleFile(events, sampleStem(sample)), provider.dialect);
    };
    write(`${name}.samples`, buildStore(provider, read));
  }
  write(
    'index.json',
    providers.map(({ provider }) => indexProvider(provider, proofFacts(provider))),
  );
}

function proofFacts(provider: Provider) {
  const { headers, fields, query, body } = findProofPlaces(provider);
  return {
    proofHeaders: headers.map((name) => name.toLowerCase()),
    ...((fields.length > 0 || query.length > 0 || body) && { isProvedElsewhere: true as const }),
  };
}
