import type { Provider } from '../../../core/provider.js';
import { allPaths, formatPath, getPath } from '../../../json/path.js';
import { type Json, JsonNumber } from '../../../json/value.js';
import { loadSample } from '../../../payloads/load.js';
import type { TypedSoFar } from './chosen.js';
import type { Candidate } from './situation.js';

/** The use of a path: with a value, `path=` or `path:=`, or alone. */
export type PathUse = 'set' | 'unset';

/** The field paths of the samples that are chosen, each with the value that it has. */
export async function fieldPaths({ provider, events, variant }: TypedSoFar, use: PathUse): Promise<Candidate[]> {
  if (!provider) return [];
  const found = new Map<string, Candidate>();
  for (const event of events) {
    const sample = await sampleOf(provider, event, variant);
    for (const path of sample === undefined ? [] : allPaths(sample)) {
      const value = getPath(sample!, path)!;
      const ending = use === 'unset' ? '' : isContainer(value) ? ':=' : '=';
      const text = `${formatPath(path)}${ending}`;
      if (!found.has(text)) found.set(text, { value: text, description: describe(value) });
    }
  }
  return [...found.values()];
}

async function sampleOf(provider: Provider, event: string, variant: string | undefined): Promise<Json | undefined> {
  const variants = provider.events[event]?.variants ?? {};
  if (variant !== undefined && !(variant in variants)) return undefined;
  return loadSample({ provider, event, variant: variant ?? null });
}

function isContainer(value: Json): boolean {
  return Array.isArray(value) || value instanceof Map;
}

function describe(value: Json): string {
  if (Array.isArray(value)) return value.length === 1 ? 'array of 1' : `array of ${value.length}`;
  if (value instanceof Map) return 'object';
  return value instanceof JsonNumber ? value.text : JSON.stringify(value);
}
