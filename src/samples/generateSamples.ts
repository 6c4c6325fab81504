import { pointerTo } from '../core/jsonPointer.js';
import type { Plain } from '../core/plain.js';
import { SampleBuilder, type SampleChanges } from './buildSample.js';
import { eventWords, wordsOf } from './fieldContext.js';
import type { SchemaNode, SchemaSet } from './jsonSchema.js';
import { orderMoney } from './moneyValues.js';
import { castOf, type SampleCast } from './sampleCast.js';
import { SampleIds, type UsedId } from './sampleIds.js';
import type { SchemaComplaint } from './schemaComplaint.js';
import type { SchemaJudge } from './schemaJudge.js';
import type { SampleWorld } from './textValues.js';

/** An event of which a sample is wanted. */
export interface SampleRequest {
  readonly event: string;
  readonly schema: SchemaNode;
  /** A body of the vendor's, for its fields, the lengths of its lists, and the form of its ids. No text of it is copied. */
  readonly shape?: unknown;
}

/** A sample, and what its schema still has against it. */
export interface GeneratedSample {
  readonly event: string;
  readonly schema: SchemaNode;
  readonly body: Plain;
  readonly complaints: readonly SchemaComplaint[];
}

/** The samples of a provider's events, and the ids in them. */
export interface GeneratedSamples {
  readonly samples: readonly GeneratedSample[];
  readonly ids: readonly UsedId[];
}

/** Whom and what samples are about, where they are not invented by a seed alone. */
export interface SampleSubjects {
  readonly seed?: number;
  readonly cast?: Partial<SampleCast>;
  /** Ids by the thing that has them, or what they begin with: `cus_`. */
  readonly ids?: Readonly<Record<string, string>>;
  /** Down to which depth members are made that may be left out. */
  readonly depth?: number;
  /** The company's name, which may prefix the names of ids: `acme_id` is the id of the enclosing object. */
  readonly vendor?: string;
  /** The time of all events; by default a minute after each other. */
  readonly givenMs?: number;
}

/** The most times that a sample is repaired. */
const maxRepairs = 14;

/**
 * Generates a sample of each event, all about the same people and things; the same ones for the same seed. Each is judged by its schema, and repaired
 * where it fails.
 */
export async function generateSamples(
  set: SchemaSet,
  requests: readonly SampleRequest[],
  { seed = 1, cast, ids, depth, vendor = '', givenMs }: SampleSubjects = {},
): Promise<GeneratedSamples> {
  const { SchemaJudge: Judge, tooLarge } = await import('./schemaJudge.js');
  const judge = new Judge(set);
  const people = { ...castOf(seed), ...cast };
  const world = {
    cast: people,
    order: orderMoney([...Object.values(set.$defs), ...requests.map(({ schema }) => schema)], people),
    ids: new SampleIds(seed, ids),
    vendor: wordsOf(vendor)[0] ?? '',
  };
  const samples = requests.map((request, number) =>
    generateSample(request, number, { set, world, judge, tooLarge, depth, givenMs }),
  );
  return { samples, ids: world.ids.used() };
}

interface Surroundings {
  readonly set: SchemaSet;
  readonly world: Omit<SampleWorld, 'isEnvelope'>;
  readonly judge: SchemaJudge;
  readonly tooLarge: SchemaComplaint;
  readonly depth: number | undefined;
  readonly givenMs: number | undefined;
}

function generateSample(
  { event, schema, shape }: SampleRequest,
  number: number,
  around: Surroundings,
): GeneratedSample {
  const { set, world, judge, tooLarge, depth, givenMs } = around;
  const changes: SampleChanges = { also: new Map(), without: new Set(), bare: new Set() };
  const tried = new Map<string, number>();
  let best: GeneratedSample | null = null;
  for (let round = 0; round <= maxRepairs; round++) {
    const accepts = (node: SchemaNode, value: unknown) => judge.accepts(node, value);
    const material = { set, schema, event: eventWords(event, number, givenMs), world, changes, accepts, shape, depth };
    const builder = new SampleBuilder(material);
    const body = builder.build() ?? null;
    const complaints = builder.isExhausted ? [tooLarge] : judge.complaints(schema, body);
    if (best === null || complaints.length < best.complaints.length) best = { event, schema, body, complaints };
    if (complaints.length === 0 || complaints.includes(tooLarge)) break;
    if (round === 6) changes.bare.add('');
    for (const complaint of complaints.slice(0, 40)) repair(complaint, changes, tried);
  }
  return best!;
}

/** Adjusts the next attempt to the complaints about this one. */
function repair(
  { pointer, keyword, params }: SchemaComplaint,
  changes: SampleChanges,
  tried: Map<string, number>,
): void {
  const key = `${pointer} ${keyword} ${JSON.stringify(params)}`;
  const times = (tried.get(key) ?? 0) + 1;
  tried.set(key, times);
  const child = (name: unknown) => pointer + pointerTo([String(name)]);
  const isAbout = (schema: SchemaNode) => {
    const also = changes.also.get(pointer) ?? [];
    if (also.length < 12) changes.also.set(pointer, [...also, schema]);
  };
  switch (keyword) {
    case 'required':
    case 'dependentRequired':
      if (times === 1) isAbout({ required: [String(params.missingProperty)] });
      changes.without.delete(child(params.missingProperty));
      return;
    case 'additionalProperties':
      changes.without.add(child(params.additionalProperty));
      return;
    case 'unevaluatedProperties':
      changes.without.add(child(params.unevaluatedProperty));
      return;
    case 'propertyNames':
      changes.without.add(child(params.propertyName));
      return;
    case 'false schema':
      changes.without.add(pointer);
      return;
    case 'oneOf':
    case 'anyOf':
    case 'not':
    case 'if':
      if (times > 1) changes.bare.add(pointer);
      if (times > 3 && pointer !== '') changes.without.add(pointer);
      return;
    default:
      if (times === 1) isAbout({ [keyword]: keywordValue(keyword, params) });
      else if (pointer !== '') changes.without.add(pointer);
  }
}

/** Returns the value of a schema's keyword, from a complaint about it. */
function keywordValue(keyword: string, params: SchemaComplaint['params']): unknown {
  if (keyword === 'enum') return params.allowedValues;
  if (keyword === 'const') return params.allowedValue;
  return params.limit ?? params[keyword] ?? true;
}
