import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { UsageError } from '../core/errors.js';
import type { Provider } from '../core/provider.js';
import type { Clock } from '../core/world.js';
import { type PlacedDocument, unreadable } from '../documents/document.js';
import type { BrokenProvider } from '../providers/findProvider.js';
import { descriptionSchema, flowsSchema } from '../providers/schema.js';
import {
  findDescription,
  findProviders,
  type MissingProvider,
  type ProviderSource,
  type ProvidersPlace,
} from './findProviders.js';
import { completeOwn, sampleFilesIn, withSampleEvents } from './ownSamples.js';
import { readDocument } from './read.js';
import { judgeDocument, type PlacedComplaint, validate } from './validate.js';

/** A provider of a project's own, and its description as people see it. */
export interface OwnProvider {
  readonly provider: Provider;
  readonly shown: string;
}

/** The providers that a config names: those that can be used, and those that can't. */
export interface OwnProviders {
  readonly own: readonly OwnProvider[];
  readonly broken: readonly BrokenProvider[];
}

/** Milliseconds that a description in JavaScript or TypeScript is waited for. */
const maxLoadMs = 5000;

/** Reads and checks the providers that a config names. What is wrong with one of them is its own error and stops no other. */
export async function loadProviders(written: unknown, place: ProvidersPlace, clock: Clock): Promise<OwnProviders> {
  const results = await Promise.all(findProviders(written, place).map((found) => loadOrBlame(found, clock)));
  const loaded = results.filter((result) => 'provider' in result);
  const sameName = (name: string) => loaded.filter(({ provider }) => provider.name === name);
  const twins = loaded.flatMap((each) => {
    const [first] = sameName(each.provider.name);
    return first === each ? [] : [twin(each, first!.shown)];
  });
  return {
    own: loaded.filter(({ provider }) => sameName(provider.name).length === 1),
    broken: [...results.filter((result) => 'error' in result), ...twins],
  };
}

/** Reads and checks the provider that is described at a path: a file, or a folder with one. Throws a UsageError with file, place and what to do. */
export function loadProviderAt(path: string, cwd: string): Promise<Provider> {
  return load(findDescription(path, cwd));
}

async function loadOrBlame(
  found: ProviderSource | MissingProvider,
  clock: Clock,
): Promise<OwnProvider | BrokenProvider> {
  if ('error' in found) return { name: nameOfPlace(found.path), isNamed: false, error: found.error };
  let name: string | undefined;
  const reading = described(found).then((document) => {
    const written = (document.data as { name?: unknown } | null)?.name;
    if (typeof written === 'string' && /^[a-z][a-z0-9-]*$/.test(written)) name = written;
    return complete(document, found);
  });
  try {
    return {
      provider: await (found.isScript ? withTimeLimit(reading, found.shown, clock) : reading),
      shown: found.shown,
    };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { name: name ?? nameOfPlace(found.path), isNamed: name !== undefined, error };
  }
}

/** Returns the result of a script. Throws a UsageError for one that does not end. */
async function withTimeLimit<T>(reading: Promise<T>, shown: string, clock: Clock): Promise<T> {
  const waiting = new AbortController();
  const late = clock.sleep(maxLoadMs, waiting.signal).then(
    () => {
      throw unreadable(shown, `did not load within ${maxLoadMs / 1000} s. Check what it waits for.`);
    },
    () => new Promise<never>(() => {}),
  );
  try {
    return await Promise.race([reading, late]);
  } finally {
    waiting.abort();
  }
}

function twin({ provider: { name }, shown }: OwnProvider, other: string): BrokenProvider {
  const error = unreadable(shown, `${name} is the name of the provider of ${other}, too. Take another.`);
  return { name, isNamed: true, error };
}

/** Returns the name of a provider whose description can't be read: that of its folder, or its file. */
function nameOfPlace(path: string): string {
  return /^provider\.\w+$/.test(basename(path)) ? basename(dirname(path)) : basename(path).split('.')[0]!;
}

async function load(source: ProviderSource): Promise<Provider> {
  return complete(await described(source), source);
}

async function complete(document: PlacedDocument, source: ProviderSource): Promise<Provider> {
  return completeOwn(await validate(descriptionSchema, document, source.shown), source);
}

/** Reads and checks a description; returns all complaints where it does not fit. Throws a UsageError for a file that can't be read. */
export async function judgeProvider(
  source: ProviderSource,
): Promise<{ readonly provider: Provider } | { readonly complaints: readonly PlacedComplaint[] }> {
  const result = await judgeDocument(descriptionSchema, await described(source));
  return 'data' in result ? { provider: completeOwn(result.data, source) } : result;
}

async function described(source: ProviderSource): Promise<PlacedDocument> {
  const { read, samples, flows, shown } = source;
  const { data, locate } = await read();
  const isWithoutEvents = typeof data === 'object' && data !== null && !('samples' in data) && !('events' in data);
  if (isWithoutEvents) assertNoOldSamples(source);
  return { data: withSampleEvents(await withFlows(data, flows, shown), samples), locate };
}

/** Throws a UsageError for samples where they were once, and nowhere else: there the events would be without a trace. */
function assertNoOldSamples({ folder, samples, shown }: ProviderSource): void {
  if (folder === null || existsSync(samples) || sampleFilesIn(join(folder, 'payloads')).length === 0) return;
  const [from, to] = ['payloads', basename(samples)].map((name) => join(dirname(shown), name));
  throw unreadable(from!, `is where samples were once; they are in ${to}. Move them: git mv ${from} ${to}`);
}

/** Adds the flows of the file next to a description. Throws a UsageError for flows that don't fit, or are in both. */
async function withFlows(data: unknown, file: string | null, shown: string): Promise<unknown> {
  if (file === null || !existsSync(file) || typeof data !== 'object' || data === null) return data;
  const shownFlows = join(dirname(shown), basename(file));
  if ('flows' in data) throw unreadable(shown, `flows: stand in ${shownFlows}, too. Keep one of them.`);
  return {
    ...data,
    flows: await validate(flowsSchema, await readDocument(file, shownFlows, 'list of flows'), shownFlows),
  };
}
