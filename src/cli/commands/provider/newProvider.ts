import { schemePresets } from '../../../authoring/scaffold/schemePresets.js';
import { describeSkeleton, type Skeleton } from '../../../authoring/scaffold/skeleton.js';
import { UsageError } from '../../../core/errors.js';
import { toJson } from '../../../json/value.js';
import { type ProviderNewValues, providerNewOptions } from '../../../options/project.js';
import { readOptions } from '../../../options/readOptions.js';
import { exitCodes } from '../../io/exitCode.js';
import { isInteractive } from '../../io/interactive.js';
import type { Io } from '../../io/io.js';
import { flagName, type RawFlags } from '../../options/flags.js';
import { givenFlag } from './givenFlag.js';
import { findPlace } from './newPlace.js';
import { type GivenSkeleton, readNewFlags } from './readNewFlags.js';
import { folderOf, writeProvider } from './writeProvider.js';

/** Runs `provider new`; resolves with the exit code. */
export async function newProvider(name: string | undefined, typed: RawFlags, io: Io): Promise<number> {
  const flags = readOptions(providerNewOptions, typed, flagName);
  const given = readNewFlags(name, flags);
  if (flags.from !== undefined) {
    const { recognizeSource } = await import('./recognizeSource.js');
    const source = await recognizeSource(flags.from, io);
    if (source.specification) {
      const { newFromSpecification } = await import('./newFromSpecification.js');
      return newFromSpecification(source.specification, flags, given, io);
    }
    assertSpecified(flags);
    const { newFromCapture } = await import('./newFromCapture.js');
    return newFromCapture({ ...flags, from: flags.from }, given, source.io);
  }
  assertSource(flags);
  assertSpecified(flags);
  const place = await findPlace(flags, io);
  if (given.name !== undefined) folderOf(given.name, given.format, place, flags, io);
  const skeleton = await completed(given, io);
  if (skeleton === null) return exitCodes.sigint;
  const { description, samples, flows } = describeSkeleton(skeleton);
  const bodies = Object.fromEntries(Object.entries(samples).map(([event, body]) => [event, toJson(body)]));
  await writeProvider({ format: given.format, description, samples: bodies, flows }, place, flags, io);
  return exitCodes.ok;
}

/** Throws a UsageError for what belongs to a capture where there is none. */
function assertSource(flags: ProviderNewValues): void {
  const flag = givenFlag(flags, ['entry', 'secret']);
  if (flag === undefined) return;
  throw new UsageError('CONFLICT', `${flag} goes with --from, which names a captured request.`);
}

/** Throws a UsageError for what belongs to a specification where there is none. */
function assertSpecified(flags: ProviderNewValues): void {
  const flag = givenFlag(flags, ['examples', 'seed']);
  if (flag === undefined) return;
  throw new UsageError('CONFLICT', `${flag} goes with --from, where that names a specification.`);
}

async function completed(given: GivenSkeleton, io: Io): Promise<Skeleton | null> {
  if (isInteractive(io)) return (await import('./askForSkeleton.js')).askForSkeleton(given);
  const { name, events = ['order.created'], preset = schemePresets[0]! } = given;
  if (name === undefined) {
    throw new UsageError('NO_NAME', 'The provider has no name. Write: webhook-sim provider new acme');
  }
  return { ...given, name, events, preset };
}
