import type { Provider } from '../core/provider.js';
import { builtInProviders } from '../providers/registry.js';
import { descriptionSchema } from '../providers/schema.js';
import { type ConfigDocument, unreadable } from './document.js';
import { findDescription, findProviders, type ProviderSource, type ProvidersPlace } from './findProviders.js';
import { completeOwn, withSampleEvents } from './ownSamples.js';
import { judge, type PlacedComplaint, validate } from './validate.js';

/** Reads and checks the providers that a config names. Throws a UsageError with file, place and what to do. */
export async function loadProviders(written: unknown, place: ProvidersPlace): Promise<Provider[]> {
  const found: { provider: Provider; shown: string }[] = [];
  for (const source of findProviders(written, place)) {
    const provider = await load(source);
    const { name } = provider;
    const other = found.find((each) => each.provider.name === name);
    if (other) throw unreadable(source.shown, `${name} is the name of the provider of ${other.shown}. Take another.`);
    found.push({ provider, shown: source.shown });
  }
  return found.map(({ provider }) => provider);
}

/** Reads and checks the provider that is described at a path: a file, or a folder with one. Throws a UsageError with file, place and what to do. */
export function loadProvider(path: string, cwd: string): Promise<Provider> {
  return load(findDescription(path, cwd));
}

async function load(source: ProviderSource): Promise<Provider> {
  const document = await described(source);
  const description = await validate(descriptionSchema, document, source.shown);
  const { name } = description;
  if (builtInProviders.some((builtIn) => builtIn.name === name)) {
    throw unreadable(source.shown, `${name} is the name of a provider that ships with webhook-sim. Take another.`);
  }
  return completeOwn(description, source.payloads);
}

/** Reads and checks a description; where it does not fit, tells all that is wrong with it. Throws a UsageError for a file that can't be read. */
export async function judgeProvider(
  source: ProviderSource,
): Promise<{ readonly provider: Provider } | { readonly complaints: readonly PlacedComplaint[] }> {
  const result = await judge(descriptionSchema, await described(source));
  return 'data' in result ? { provider: completeOwn(result.data, source.payloads) } : result;
}

async function described({ read, payloads }: ProviderSource): Promise<ConfigDocument> {
  const { data, locate } = await read();
  return { data: withSampleEvents(data, payloads), locate };
}
