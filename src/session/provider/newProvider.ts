import { schemePresets } from '../../authoring/scaffold/schemePresets.js';
import { describeSkeleton, type Skeleton } from '../../authoring/scaffold/skeleton.js';
import { UsageError } from '../../core/errors.js';
import type { World } from '../../core/world.js';
import { toJson } from '../../json/value.js';
import type { ProviderNewValues } from '../../options/project.js';
import { findPlace } from './findPlace.js';
import type { CapturedProvider } from './newFromCapture.js';
import type { NewProviderMeans } from './newProviderMeans.js';
import { type GivenSkeleton, readSkeleton } from './readSkeleton.js';
import { folderOf, type WrittenProvider, writeProvider } from './writeProvider.js';

/** Writes a new provider: a skeleton, or that of a capture or a specification. Throws a UsageError. */
export async function newProvider(
  name: string | undefined,
  options: ProviderNewValues,
  means: NewProviderMeans,
  io: World,
): Promise<WrittenProvider | CapturedProvider> {
  const given = readSkeleton(name, options);
  const { from } = options;
  if (from === undefined) {
    assertGoesWith('skeleton', options);
    return newSkeleton(options, given, means, io);
  }
  const { recognizeSource } = await import('./recognizeSource.js');
  const source = await recognizeSource(from, io);
  if (source.specification) {
    assertGoesWith('specification', options);
    const { newFromSpecification } = await import('./newFromSpecification.js');
    return newFromSpecification(source.specification, options, given, means, io);
  }
  assertGoesWith('capture', options);
  const { newFromCapture } = await import('./newFromCapture.js');
  return newFromCapture({ ...options, from }, given, means, source.io);
}

type Origin = 'skeleton' | 'capture' | 'specification';

/** The options that do not go with each origin, and why. */
const misplaced: Record<Origin, readonly (readonly [keys: readonly (keyof ProviderNewValues)[], reason: string])[]> = {
  skeleton: [
    [['entry', 'secret'], 'goes with {from}, which names a captured request.'],
    [['examples', 'seed'], 'goes with {from}, where that names a specification.'],
  ],
  capture: [
    [['examples', 'seed'], 'goes with {from}, where that names a specification.'],
    [
      ['scheme', 'header', 'hash', 'encoding', 'content'],
      'does not go with {from}: how it signs is read from the capture. Leave one of them out.',
    ],
  ],
  specification: [[['entry', 'secret'], 'goes with a captured request, and {from} is a specification. Leave it out.']],
};

/** Throws a UsageError for options that do not apply to the origin of a provider. */
function assertGoesWith(origin: Origin, options: ProviderNewValues): void {
  for (const [keys, reason] of misplaced[origin]) {
    const key = keys.find((each) => options[each] !== undefined && options[each] !== false);
    if (key === undefined) continue;
    const { nameOf } = options;
    throw new UsageError('CONFLICT', `${nameOf(key)} ${reason.replace('{from}', nameOf('from'))}`);
  }
}

async function newSkeleton(
  options: ProviderNewValues,
  given: GivenSkeleton,
  { ask }: NewProviderMeans,
  io: World,
): Promise<WrittenProvider> {
  const place = await findPlace(options, io);
  if (given.name !== undefined) folderOf(given.name, given.format, place, options, io);
  const skeleton = ask ? await ask.skeleton(given) : withDefaults(given);
  const { description, samples, flows } = describeSkeleton(skeleton);
  const bodies = Object.fromEntries(Object.entries(samples).map(([event, body]) => [event, toJson(body)]));
  return writeProvider({ format: given.format, description, samples: bodies, flows }, place, options, io);
}

function withDefaults(given: GivenSkeleton): Skeleton {
  const { name, events = ['order.created'], preset = schemePresets[0]! } = given;
  if (name === undefined) {
    throw new UsageError('NO_NAME', 'The provider has no name. Write: webhook-sim provider new acme');
  }
  return { ...given, name, events, preset };
}
