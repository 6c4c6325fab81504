import { isAbsolute, relative } from 'node:path';
import type { SchemePreset } from '../../authoring/scaffold/schemePreset.js';
import { schemePresets } from '../../authoring/scaffold/schemePresets.js';
import { describeSpecified } from '../../authoring/specified/describeSpecified.js';
import { findSpecifiedScheme, type SpecifiedScheme } from '../../authoring/specified/specifiedScheme.js';
import { UsageError } from '../../core/errors.js';
import { limits, parseWhole } from '../../core/limits.js';
import { unknownName } from '../../core/nearest.js';
import { printable } from '../../core/printable.js';
import type { World } from '../../core/world.js';
import { describePointer } from '../../json/describePointer.js';
import { toJson } from '../../json/value.js';
import type { ProviderNewValues } from '../../options/project.js';
import { findContradiction } from '../../samples/contradiction.js';
import { type GeneratedSample, generateSamples } from '../../samples/generateSamples.js';
import type { SchemaSet } from '../../samples/jsonSchema.js';
import { readSpecification, type SpecificationSource } from '../../spec/readSpecification.js';
import type { Specification } from '../../spec/specification.js';
import { findPlace } from './findPlace.js';
import type { NewProviderMeans } from './newProviderMeans.js';
import type { GivenSkeleton } from './readSkeleton.js';
import { folderOf, type WrittenProvider, writeProvider } from './writeProvider.js';

/** The most lines about what is omitted or incomplete. */
const maxLines = 20;

/** Describes the provider of a specification, with a sample of each event. */
export async function newFromSpecification(
  source: SpecificationSource,
  options: ProviderNewValues,
  given: GivenSkeleton,
  { ask, say }: NewProviderMeans,
  io: World,
): Promise<WrittenProvider> {
  const place = await findPlace(options, io);
  if (given.name !== undefined) folderOf(given.name, given.format, place, options, io);
  const specification = chosenEvents(readSpecification(source), options);
  const name = given.name ?? (await askName(ask));
  const folder = folderOf(name, given.format, place, options, io);
  const found = given.preset === undefined && given.header === undefined ? findSpecifiedScheme(specification) : null;
  const preset = given.preset ?? findPreset(found?.preset) ?? (await askPreset(given, ask));
  const header = given.header ?? found?.header;
  const skeleton = { ...given, name, preset, ...(header !== undefined && preset.header !== null && { header }) };
  const generated = await generateSamples(
    specification.set,
    specification.events.map(({ name: event, schema, example }) => ({
      event,
      schema,
      ...(options.examples && { shape: example }),
    })),
    {
      ...(options.seed !== undefined && { seed: parseWhole(options.seed, options.nameOf('seed'), limits.seed) }),
      ...(specification.title !== null && { vendor: specification.title }),
    },
  );
  const { description, unknownHeaders } = describeSpecified({
    skeleton,
    specification,
    generated,
    scheme: found,
    source: specification.docs ?? source.shown,
    spec: options.from === '-' ? null : pathFrom(folder, source.path),
  });
  const lines = [
    ...schemeLines(preset, found, given),
    ...(unknownHeaders.length > 0
      ? [`Left out, as their content is not specified: ${unknownHeaders.join(', ')}.`]
      : []),
    ...sampleLines(generated.samples, specification.set, source.shown),
    ...listed(
      'Not used of the specification:',
      specification.problems.map(({ place: where, message }) => `${where}: ${message}`),
    ),
  ];
  for (const line of lines) say(printable(line));
  const samples = Object.fromEntries(generated.samples.map(({ event, body }) => [event, toJson(body)]));
  return writeProvider({ format: given.format, description, samples }, place, options, io);
}

/** A path in a description, as people write it on all systems. */
function pathFrom(folder: string, path: string): string {
  const written = relative(folder, path).replaceAll('\\', '/');
  return isAbsolute(written) || written.startsWith('../') ? written : `./${written}`;
}

function chosenEvents(specification: Specification, { event: names, nameOf }: ProviderNewValues): Specification {
  if (names === undefined) return specification;
  const known = specification.events.map(({ name }) => name);
  const missing = names.find((name) => !known.includes(name));
  if (missing !== undefined) {
    throw unknownName('UNKNOWN_EVENT', `${nameOf('event')}: the specification has no event ${missing}.`, {
      name: missing,
      known,
    });
  }
  return { ...specification, events: specification.events.filter(({ name }) => names.includes(name)) };
}

function findPreset(name: string | undefined): SchemePreset | undefined {
  return schemePresets.find((preset) => preset.name === name);
}

async function askName(ask: NewProviderMeans['ask']): Promise<string> {
  if (ask) return ask.name();
  throw new UsageError(
    'NO_NAME',
    'The provider has no name. Write: webhook-sim provider new acme --from <specification>',
  );
}

/** Asks for the scheme; the default where nobody can be asked. */
async function askPreset(given: GivenSkeleton, ask: NewProviderMeans['ask']): Promise<SchemePreset> {
  const isSaid = given.hash ?? given.encoding ?? given.content ?? given.header;
  return ask === null || isSaid !== undefined ? schemePresets[0]! : ask.preset();
}

function schemeLines(preset: SchemePreset, found: SpecifiedScheme | null, given: GivenSkeleton): string[] {
  const { nameOf } = given;
  if (given.preset !== undefined || given.header !== undefined) return [];
  if (found === null) {
    return [
      `The specification does not say how deliveries are signed. Taken: ${preset.name} (${preset.title}). Another one: ${nameOf('scheme')}.`,
    ];
  }
  const how = `${preset.name} (${preset.title})`;
  return [
    found.isGuess
      ? `Signed as ${how}: guessed, as ${found.reason} and no more. See the provider's documents; another one: ${nameOf('scheme')}, ${nameOf('content')}, ${nameOf('encoding')}.`
      : `Signed as ${how}: ${found.reason}.`,
  ];
}

function sampleLines(samples: readonly GeneratedSample[], set: SchemaSet, shown: string): string[] {
  const wrong = samples.filter(({ complaints }) => complaints.length > 0);
  const count = `${samples.length} ${samples.length === 1 ? 'event' : 'events'} of ${shown}`;
  if (wrong.length === 0) return [`${count}; the schemas take all samples.`];
  const contradicted = wrong.flatMap(({ event, schema }) => {
    const found = findContradiction(schema, set);
    return found ? [{ event, line: `${event}: ${describePointer(found.pointer)}: ${found.reason}` }] : [];
  });
  const names = new Set(contradicted.map(({ event }) => event));
  const possible = samples.length - names.size;
  return [
    names.size === 0
      ? `${count}; the schemas take ${samples.length - wrong.length} samples.`
      : `${count}; ${samples.length - wrong.length} of ${possible} satisfiable samples are valid, and ${names.size} can't be satisfied.`,
    ...listed(
      'No body satisfies these, as their schemas contradict themselves:',
      contradicted.map(({ line }) => line),
    ),
    ...listed(
      'Not valid, see to these by hand:',
      wrong
        .filter(({ event }) => !names.has(event))
        .map(({ event, complaints: [first] }) => `${event}: ${describePointer(first!.pointer)} ${first!.message}`),
    ),
  ];
}

function listed(title: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  const more = lines.length > maxLines ? [`  and ${lines.length - maxLines} more`] : [];
  return [title, ...lines.slice(0, maxLines).map((line) => `  ${line}`), ...more];
}
