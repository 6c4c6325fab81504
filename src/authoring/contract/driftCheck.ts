import type { ContractProblem } from '../../core/contract.js';
import { pointerTo } from '../../core/jsonPointer.js';
import type { Provider } from '../../core/provider.js';
import { describePointer } from '../../json/describePointer.js';
import { encodeJson } from '../../json/encodeJson.js';
import { findContradiction } from '../../samples/contradiction.js';
import { snakeCase } from '../../samples/fieldContext.js';
import { generateSamples } from '../../samples/generateSamples.js';
import type { SchemaJudge } from '../../samples/schemaJudge.js';
import type { Specification, SpecifiedEvent } from '../../spec/specification.js';
import { specifiedEvents } from '../../spec/specifiedEvents.js';
import { compareFields } from './compareFields.js';
import { differencesOfHead } from './differencesOfHead.js';
import { type ContractSample, failure, warning } from './subject.js';

/** The check of a provider against a specification. */
export const driftCheck = { name: 'specification', title: 'the events are those of the specification' } as const;

/** The most complaints of one kind about one sample. */
const maxOfSample = 3;
/** The maximum number of reported places that can't be used. */
const maxUnused = 20;

/**
 * Returns the differences between a provider and a newer specification: events that were added or removed, changes in requests, samples that its
 * schemas reject, and fields that it no longer names. Fields that samples lack, and unreadable parts of the specification, are warnings.
 */
export async function checkDrift(
  provider: Pick<Provider, 'events' | 'method' | 'headers' | 'values' | 'dialect'>,
  samples: readonly ContractSample[],
  specification: Specification,
): Promise<ContractProblem[]> {
  const { SchemaJudge: Judge } = await import('../../samples/schemaJudge.js');
  const judge = new Judge(specification.set);
  const names = Object.keys(provider.events);
  const specified = specifiedEvents(specification);
  const known = new Set(names.map(specified));
  const added = specification.events.filter((event) => !known.has(event));
  const unread = new Set(specification.unread.map(snakeCase));
  const removed = names.filter((name) => specified(name) === undefined && !unread.has(snakeCase(name)));
  const generated = await generateByEvent(specification);
  const ofSamples = samples.flatMap((sample) => {
    const event = specified(sample.event);
    return event ? problemsOfSample(sample, event, { specification, judge, generated }) : [];
  });
  const compared = specification.events.filter((event) => known.has(event));
  return [
    ...added.map(({ name, place }) => failure(`${name} is new in the specification (${place}).`)),
    ...removed.map((name) => failure(`${name} is not in the specification.`)),
    ...differencesOfHead(provider, compared).map((message) => failure(message)),
    ...ofSamples,
    ...unusedParts(specification),
  ];
}

/** The samples that would be made of a specification today, by the names of their events. */
async function generateByEvent({ set, events }: Specification): Promise<ReadonlyMap<string, unknown>> {
  const requests = events.map(({ name, schema }) => ({ event: name, schema }));
  const { samples } = await generateSamples(set, requests);
  return new Map(samples.map(({ event, body }) => [event, body]));
}

/** Returns warnings of places that could not be compared. */
function unusedParts({ problems }: Specification): ContractProblem[] {
  const notCompared = problems.map(({ place, message }) => `${place} is not compared: ${message}`);
  return listFirst(notCompared, maxUnused, 'places of the specification that are not compared').map((message) =>
    warning(message),
  );
}

interface Surroundings {
  readonly specification: Specification;
  readonly judge: SchemaJudge;
  readonly generated: ReadonlyMap<string, unknown>;
}

function problemsOfSample(
  { body, file, variant }: ContractSample,
  { name, schema }: SpecifiedEvent,
  { specification: { set }, judge, generated }: Surroundings,
): ContractProblem[] {
  const value: unknown = JSON.parse(encodeJson(body, 'js'));
  const complaints = judge.complaints(schema, value);
  const wrong = complaints.map(({ pointer, message }) => `is not valid: ${describePointer(pointer)} ${message}.`);
  const required = new Set(
    complaints.map(({ pointer, params }) => describePointer(pointer + pointerTo([String(params.missingProperty)]))),
  );
  const found = compareFields(value, schema, {
    set,
    judge,
    generated: variant === null ? generated.get(name) : undefined,
  });
  const impossible = wrong.length > 0 ? findContradiction(schema, set) : null;
  const messages = [
    ...listFirst(impossible ? [] : [...new Set(wrong)], maxOfSample, 'places that are not valid'),
    ...listFirst(
      found.removed.map((path) => `has changed: the specification does not name ${path}.`),
      maxOfSample,
      'fields that it does not name',
    ),
  ];
  const possible = [
    ...(impossible
      ? [
          `can't be valid, as the schema contradicts itself: ${describePointer(impossible.pointer)}: ${impossible.reason}.`,
        ]
      : []),
    ...listFirst(
      found.missing
        .filter((path) => !required.has(path))
        .map((path) => `has not ${path}, which the specification names.`),
      maxOfSample,
      'fields that it names',
    ),
    ...listFirst(
      found.deprecated.map((path) => `has ${path}, which is deprecated in the specification.`),
      maxOfSample,
      'fields that are deprecated',
    ),
  ];
  return [
    ...messages.map((message) => failure(message, { file })),
    ...possible.map((message) => warning(message, { file })),
  ];
}

/** The first of some messages, and how many more there are. */
function listFirst(messages: readonly string[], most: number, what: string): string[] {
  const more = messages.length - most;
  return [...messages.slice(0, most), ...(more > 0 ? [`and ${more} more ${what}.`] : [])];
}
