import { existsSync, readdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Provider } from '../core/provider.js';
import type { ProviderDescription } from '../core/providerDescription.js';
import { completeProvider } from '../providers/complete.js';

const ending = '.json';

/** The samples in a folder, by the names of their files without the ending; those of events whose names have a slash lie in folders. */
export function samplesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending))
    .map((file) => file.slice(0, -ending.length).replaceAll('\\', '/'))
    .sort();
}

/** What a description holds; where it names no events, they are those that it has samples of. */
export function withSampleEvents(data: unknown, folder: string): unknown {
  if (typeof data !== 'object' || data === null || 'events' in data || !existsSync(folder)) return data;
  const names = samplesIn(folder);
  const events = names.filter((name) => !name.includes('--'));
  const described = events.map((event) => {
    const variants = names.filter((name) => name.startsWith(`${event}--`)).map((name) => name.slice(event.length + 2));
    return [event, variants.length > 0 ? { variants: Object.fromEntries(variants.map((name) => [name, {}])) } : {}];
  });
  return { ...data, events: Object.fromEntries(described) };
}

/** Completes a description whose samples lie in a folder, unless it says where else they are, from the folder above. */
export function completeOwn(description: ProviderDescription, folder: string): Provider {
  const { payloads = folder } = description;
  return completeProvider({
    ...description,
    payloads: typeof payloads === 'string' ? resolve(dirname(folder), payloads) : payloads,
  });
}
