import { findHeader, type Header } from '../core/delivery.js';
import { isJson } from '../json/dialect.js';
import { writeFaithfully } from '../json/encodeJson.js';
import { allPaths, formatPath, getPath } from '../json/path.js';
import { type Json, JsonNumber } from '../json/value.js';
import { replacementsOf } from '../payloads/compiled.js';
import { findIdentityGroup } from '../payloads/identityRenewal.js';
import { loadSample } from '../payloads/load.js';
import { checkSampleName, type SampleName } from '../payloads/sampleName.js';
import type { Sample, SampleField } from './protocol.js';
import { sampleHints } from './sampleHints.js';

/** Variants that are read for hints. */
const maxOthers = 30;

/** The sample of an event, to be edited. Throws a UsageError for one that there is not. */
export async function showSample(name: SampleName): Promise<Sample> {
  checkSampleName(name);
  const { provider, event, variant } = name;
  const sample = await loadSample(name);
  const spec = provider.events[event]!;
  const own = variant === null ? undefined : spec.variants?.[variant];
  const plain = provider.headers.filter((header): header is Header => typeof header[1] === 'string');
  return {
    provider: provider.name,
    event,
    variant,
    text: typeof sample === 'string' && !isJson(provider.dialect) ? sample : writeFaithfully(sample, 'pretty'),
    isJson: isJson(provider.dialect) || typeof sample !== 'string',
    mediaType: findHeader(plain, 'content-type') ?? null,
    fields: findSpecialFields(sample, name),
    hints: sampleHints([sample, ...(await otherSamples(name))]),
    isSpecified: provider.spec !== undefined,
    certainty: own?.certainty ?? spec.certainty,
    note: own?.note ?? spec.note ?? null,
  };
}

/** Returns the other samples of the event. */
function otherSamples({ provider, event, variant }: SampleName): Promise<Json[]> {
  const names = [null, ...Object.keys(provider.events[event]!.variants ?? {})];
  const others = names.filter((name) => name !== variant).slice(0, maxOthers);
  return Promise.all(others.map((name) => loadSample({ provider, event, variant: name })));
}

/** The fields of a sample that deliveries renew or set. */
export function findSpecialFields(
  sample: Json,
  { provider, event }: Pick<SampleName, 'provider' | 'event'>,
): SampleField[] {
  const group = findIdentityGroup(provider.identities, event);
  const replacements = group ? replacementsOf(sample, group) : [];
  const signed = new Set((provider.fields ?? []).map(([path]) => path));
  return allPaths(sample).flatMap((path): SampleField[] => {
    const shown = formatPath(path);
    if (signed.has(shown)) return [{ path: shown, is: 'signed' }];
    const value = getPath(sample, path);
    const text = value instanceof JsonNumber ? value.text : typeof value === 'string' ? value : null;
    if (text === null) return [];
    const found = replacements.find(({ literal }) => text.includes(literal));
    return found ? [{ path: shown, is: found.type === 'time' ? 'time' : 'id' }] : [];
  });
}
