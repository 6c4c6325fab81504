import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../core/errors.js';
import { suggest } from '../core/nearest.js';
import type { Provider } from '../core/provider.js';
import { parseJson } from '../json/parse.js';
import type { Json } from '../json/value.js';
import { payloadFolder } from './locate.js';

/** Which sample: an event of a provider, in its usual form or as a variant. */
export interface SampleName {
  readonly provider: Provider;
  readonly event: string;
  readonly variant: string | null;
}

/** The file name of a sample: `<event>.json` or `<event>--<variant>.json`. */
export function sampleFile({ event, variant }: Pick<SampleName, 'event' | 'variant'>): string {
  return variant === null ? `${event}.json` : `${event}--${variant}.json`;
}

/** Reads a sample that ships with the package. Throws a UsageError for an event or variant that does not exist. */
export async function loadSample(name: SampleName, folder = payloadFolder()): Promise<Json> {
  const { provider, event, variant } = name;
  const spec = provider.events[event];
  if (!spec) {
    throw new UsageError(
      'UNKNOWN_EVENT',
      `${provider.title} has no event ${event}. ${suggest(event, Object.keys(provider.events))}`,
    );
  }
  const variants = Object.keys(spec.variants ?? {});
  if (variant !== null && !variants.includes(variant)) {
    const known = variants.length > 0 ? suggest(variant, variants) : 'It has no variants.';
    throw new UsageError('UNKNOWN_VARIANT', `${provider.name} ${event} has no variant ${variant}. ${known}`);
  }
  return parseJson(readFileSync(join(folder, provider.name, sampleFile(name)), 'utf8'));
}
