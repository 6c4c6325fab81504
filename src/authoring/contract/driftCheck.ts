import type { ContractProblem } from '../../core/contract.js';
import type { Provider } from '../../core/provider.js';
import { encodeJson } from '../../json/encodeJson.js';
import { snakeCase } from '../../samples/fieldContext.js';
import { flattenSchema } from '../../samples/flattenSchema.js';
import type { SchemaNode, SchemaSet } from '../../samples/jsonSchema.js';
import type { Specification, SpecifiedEvent } from '../../spec/specification.js';
import { type ContractSample, failure, warning } from './subject.js';

/** The check of a provider against a specification. */
export const driftCheck = { name: 'specification', title: 'the events are those of the specification' } as const;

/** The most complaints about one sample. */
const maxOfSample = 3;
/** The most places that are told because they can't be used. */
const maxUnused = 20;

/** What is no longer as a specification has it: events that are new or gone, samples that its schemas do not take, and fields that it no longer names; what of it could not be read is a warning. */
export async function checkDrift(
  provider: Pick<Provider, 'events'>,
  samples: readonly ContractSample[],
  specification: Specification,
): Promise<ContractProblem[]> {
  const { SchemaJudge } = await import('../../samples/schemaJudge.js');
  const judge = new SchemaJudge(specification.set);
  const names = Object.keys(provider.events);
  const exact = new Map(specification.events.map((event) => [event.name, event]));
  const alike = new Map(specification.events.map((event) => [snakeCase(event.name), event]));
  const specified = (name: string) => exact.get(name) ?? alike.get(snakeCase(name));
  const known = new Set(names.map(specified));
  const added = specification.events.filter((event) => !known.has(event));
  const unread = new Set(specification.unread.map(snakeCase));
  const gone = names.filter((name) => specified(name) === undefined && !unread.has(snakeCase(name)));
  const ofSamples = samples.flatMap((sample) => {
    const event = specified(sample.event);
    return event ? problemsOfSample(sample, event, specification.set, judge) : [];
  });
  return [
    ...added.map(({ name, place }) => failure(`${name} is new in the specification (${place}).`)),
    ...gone.map((name) => failure(`${name} is not in the specification.`)),
    ...ofSamples,
    ...unusedParts(specification),
  ];
}

/** Warnings of what could not be compared. */
function unusedParts({ problems }: Specification): ContractProblem[] {
  const told = problems.slice(0, maxUnused).map(({ place, message }) => `${place} is not compared: ${message}`);
  const more = problems.length - told.length;
  return [...told, ...(more > 0 ? [`${more} more places of the specification are not compared.`] : [])].map((message) =>
    warning(message),
  );
}

function problemsOfSample(
  { body, file }: ContractSample,
  { schema }: SpecifiedEvent,
  set: SchemaSet,
  judge: { complaints: (schema: SchemaNode, value: unknown) => { pointer: string; message: string }[] },
): ContractProblem[] {
  const value: unknown = JSON.parse(encodeJson(body, 'js'));
  const wrong = judge
    .complaints(schema, value)
    .map(({ pointer, message }) => `is not valid: ${pointer.slice(1).replaceAll('/', '.') || 'the body'} ${message}.`);
  const unnamed = unnamedFields(value, [schema], set).map(
    (path) => `has changed: the specification does not name ${path}.`,
  );
  return [...[...new Set(wrong)].slice(0, maxOfSample), ...unnamed.slice(0, maxOfSample)].map((message) =>
    failure(message, { file }),
  );
}

/** The paths of fields of which no schema knows the name, where it lists some. */
function unnamedFields(value: unknown, nodes: readonly SchemaNode[], set: SchemaSet, path = '', depth = 0): string[] {
  const flat = flattenSchema(nodes, set);
  if (typeof value !== 'object' || value === null || flat.choices.length > 0 || depth > 20) return [];
  const at = (key: string) => (path === '' ? key : `${path}.${key}`);
  if (Array.isArray(value)) {
    return flat.items.length === 0
      ? []
      : value.flatMap((item, index) => unnamedFields(item, flat.items, set, at(String(index)), depth + 1));
  }
  if (flat.properties.size === 0 || flat.patterned.length > 0 || flat.others.some((other) => other !== false))
    return [];
  return Object.entries(value).flatMap(([key, member]) => {
    const members = flat.properties.get(key);
    return members ? unnamedFields(member, members, set, at(key), depth + 1) : [at(key)];
  });
}
