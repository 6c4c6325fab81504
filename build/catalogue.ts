/** Builds the catalogue: the index of the providers in `payloads/`, and of each its description, flows and samples. */
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { sampleKeysIn } from '../src/config/ownSamples.js';
import type { Flow } from '../src/core/flow.js';
import type { Provider } from '../src/core/provider.js';
import { findProofPlaces } from '../src/delivery/recognizeProviders.js';
import { readYaml } from '../src/documents/readYaml.js';
import { findSampleFile, readSampleFile } from '../src/payloads/readSampleFile.js';
import { type SampleKey, sampleKey, sampleNames, sampleStem } from '../src/payloads/sampleName.js';
import { buildStore } from '../src/payloads/store.js';
import { storeFile } from '../src/payloads/stored.js';
import { descriptionStart } from '../src/providers/catalogue.js';
import { indexProvider } from '../src/providers/catalogueIndex.js';
import { completeProvider } from '../src/providers/complete.js';
import { descriptionSchema, flowsSchema } from '../src/providers/schema.js';

/** A provider that ships, with its flows apart from it. */
interface CatalogueProvider {
  readonly provider: Provider;
  readonly flows: readonly Flow[];
}

/** Reads a provider. Throws an error that names the file for one that does not fit. */
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

/** The folder of built providers, and the hash of all their sources. */
export interface CatalogueCache {
  readonly folder: string;
  readonly hashOf: (place: string) => string;
}

/** Writes the catalogue of a folder of providers, from the cache where possible. */
export function buildCatalogue(folder: string, outdir: string, cache: CatalogueCache): void {
  rmSync(outdir, { recursive: true, force: true });
  mkdirSync(outdir, { recursive: true });
  const names = readdirSync(folder).sort();
  const entries = names.map((name) => {
    const built = builtProvider(folder, name, cache);
    for (const file of readdirSync(built))
      if (!mergedFiles.includes(file)) copyFileSync(join(built, file), join(outdir, file));
    return {
      name,
      entry: readFileSync(join(built, entryFile), 'utf8'),
      flows: readFileSync(join(built, flowsFile), 'utf8'),
    };
  });
  writeFileSync(join(outdir, 'index.json'), `[${entries.map(({ entry }) => entry).join(',')}]`);
  // One file of all flows is half as large, packed, as one for each provider.
  const flows = entries
    .filter((each) => each.flows !== '[]')
    .map((each) => `${JSON.stringify(each.name)}:${each.flows}`);
  writeFileSync(join(outdir, 'flows.json'), `{${flows.join(',')}}`);
}

/** The files in the cache that hold a provider's entry of the index, and its flows. */
const entryFile = 'entry.json';
const flowsFile = 'flows.json';
const mergedFiles = [entryFile, flowsFile];

/** The folder of the cache in which a provider is built; what was built of its earlier states is removed. */
function builtProvider(folder: string, name: string, cache: CatalogueCache): string {
  const key = cache.hashOf(join(folder, name));
  const place = join(cache.folder, name);
  const built = join(place, key);
  if (existsSync(built)) return built;
  mkdirSync(place, { recursive: true });
  const draft = mkdtempSync(join(place, 'draft-'));
  writeProvider(folder, name, draft);
  // Another process may have built the same in the meantime.
  if (!existsSync(built)) renameSync(draft, built);
  const earlier = readdirSync(place).filter((other) => other !== key && !other.startsWith('draft-'));
  for (const other of earlier) rmSync(join(place, other), { recursive: true, force: true });
  return built;
}

/** Writes what ships of a provider, and its entry of the index. */
function writeProvider(folder: string, name: string, outdir: string): void {
  const { provider, flows } = readProvider(folder, name);
  const events = join(folder, name, 'events');
  const read = (sample: SampleKey) =>
    readSampleFile(events, findSampleFile(events, sampleStem(sample)), provider.dialect);
  writeFileSync(join(outdir, `${name}.js`), descriptionStart + JSON.stringify(provider));
  writeFileSync(join(outdir, flowsFile), JSON.stringify(flows));
  const { store, isCompressed } = buildStore(provider, read);
  writeFileSync(join(outdir, storeFile(name, isCompressed)), store);
  writeFileSync(join(outdir, entryFile), JSON.stringify(indexProvider(provider, proofFacts(provider))));
}

function proofFacts(provider: Provider) {
  const { headers, fields, query, body } = findProofPlaces(provider);
  return {
    proofHeaders: headers.map((name) => name.toLowerCase()),
    ...((fields.length > 0 || query.length > 0 || body) && { isProvedElsewhere: true as const }),
  };
}
