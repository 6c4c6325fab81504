import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import type { Provider } from '../core/provider.js';
import type { ProviderDescription } from '../core/providerDescription.js';
import { type SampleKey, sampleOfFile, stemOfFile } from '../payloads/sampleName.js';
import { completeProvider } from '../providers/complete.js';
import type { ProviderSource } from './findProviders.js';

/** The files of the samples in a folder; those of events whose names have a slash lie in folders. */
export function sampleFilesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory() && stemOfFile(entry.name) !== null)
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
}

/** The samples in a folder. */
export function sampleKeysIn(folder: string): SampleKey[] {
  return sampleFilesIn(folder).flatMap((file) => sampleOfFile(file) ?? []);
}

/** Adds events to a description that names none: those of its samples. */
export function withSampleEvents(data: unknown, folder: string): unknown {
  if (typeof data !== 'object' || data === null || 'events' in data || !existsSync(folder)) return data;
  const samples = sampleKeysIn(folder);
  const described = samples.flatMap(({ event, variant }) => {
    if (variant !== null) return [];
    const variants = samples.flatMap((each) =>
      each.event === event && each.variant !== null ? [[each.variant, {}]] : [],
    );
    return [[event, variants.length > 0 ? { variants: Object.fromEntries(variants) } : {}]];
  });
  return { ...data, events: Object.fromEntries(described) };
}

/** Completes a description whose samples lie in a folder, unless it says where else they are, from the folder above. */
export function completeOwn(
  description: ProviderDescription,
  { samples: usual, base }: Pick<ProviderSource, 'samples' | 'base'>,
): Provider {
  const { samples = usual, spec } = description;
  return completeProvider({
    ...description,
    ...(typeof spec === 'string' && { spec: resolve(base, spec) }),
    samples: typeof samples === 'string' ? resolve(dirname(usual), samples) : samples,
  });
}
