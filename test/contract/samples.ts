import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Provider } from '../../src/core/provider.js';
import { type Json, JsonNumber } from '../../src/json/value.js';
import { sampleFile } from '../../src/payloads/sampleName.js';
import { exampleSample } from '../support/exampleProviders.js';
import { fiveProviders } from '../support/providers.js';

export const providers: readonly Provider[] = fiveProviders;
export const folder = join(import.meta.dirname, '../../payloads');

/** A payload file, and what a provider's events say it is. */
export interface Sample {
  readonly event: string;
  readonly variant: string | null;
  readonly file: string;
}

/** The samples that a provider's events and variants call for. */
export function expectedSamples({ events }: Provider): Sample[] {
  return Object.entries(events).flatMap(([event, spec]) =>
    [null, ...Object.keys(spec.variants ?? {})].map((variant) => ({
      event,
      variant,
      file: sampleFile({ event, variant }),
    })),
  );
}

/** The payload files that a provider has. */
export const filesOf = (provider: Provider): string[] => readdirSync(join(folder, provider.name, 'events')).sort();

/** The samples that are there, parsed. */
export function samplesOf(provider: Provider): (Sample & { readonly body: Json })[] {
  const files = filesOf(provider);
  return expectedSamples(provider)
    .filter(({ file }) => files.includes(file))
    .map((sample) => ({
      ...sample,
      body: exampleSample(provider, sample.event, sample.variant),
    }));
}

/** The text of every string and number of a document. */
export function leaves(value: Json): string[] {
  if (typeof value === 'string') return [value];
  if (value instanceof JsonNumber) return [value.text];
  if (Array.isArray(value)) return value.flatMap(leaves);
  return value instanceof Map ? [...value.values()].flatMap(leaves) : [];
}
