import { isRecord } from '../core/isRecord.js';
import { pointerTo } from '../core/jsonPointer.js';
import {
  type Discriminator,
  type JsonSchema,
  type SchemaNode,
  type SchemaSet,
  schemaReference,
} from '../samples/jsonSchema.js';
import { isSafePattern } from '../samples/testPattern.js';
import { readDependencies, readItems, withNull } from './olderKeywords.js';
import { pointerOfFragment, splitOnce, valueAt } from './reference.js';
import { SchemaPool } from './schemaPool.js';
import type { SpecificationDocument, SpecificationFiles, SpecificationProblem } from './specificationFiles.js';

/** A value in a document, and its place. */
export interface PlacedValue {
  readonly document: SpecificationDocument;
  /** A JSON Pointer. */
  readonly pointer: string;
  readonly value: unknown;
}

const maxDepth = 200;
const maxSchemas = 50_000;
const maxProblems = 200;
const maxWords = 10_000;
const maxDescription = 1000;
const types = new Set(['object', 'array', 'string', 'number', 'integer', 'boolean', 'null']);
const numbers = [
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'multipleOf',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
  'minContains',
  'maxContains',
];
const counts = new Set(numbers.filter((key) => !['minimum', 'maximum', 'multipleOf'].includes(key)));
const singles = [
  'additionalProperties',
  'contains',
  'not',
  'if',
  'then',
  'else',
  'propertyNames',
  'unevaluatedProperties',
  'unevaluatedItems',
];
const lists = ['allOf', 'oneOf', 'anyOf', 'prefixItems'];
const maps = ['properties', 'patternProperties'];
const facts = ['const', 'default', 'title', 'format', 'deprecated', 'writeOnly', 'uniqueItems'];
const untold = ['$dynamicRef', '$recursiveRef', '$dynamicAnchor'];

/** Makes one set of the schemas of a specification: references of all kinds and the words of older versions are gone from it. */
export class SchemaSetBuilder {
  readonly #defs: Record<string, SchemaNode> = Object.create(null);
  readonly #names = new Map<string, string>();
  readonly #pending: { readonly name: string; readonly placed: PlacedValue }[] = [];
  readonly #taken = new Map<string, number>();
  /** Places of references, by what they lead to. */
  readonly #referred = new Map<string, string[]>();
  readonly #reported = new Set<string>();
  readonly #pool = new SchemaPool();
  readonly problems: SpecificationProblem[] = [];
  /** Keys and ids of events that are left out. */
  readonly unread: string[] = [];

  /** Descriptions are kept for readers only: with them, fewer schemas are equal. */
  constructor(
    readonly files: SpecificationFiles,
    readonly keepsDescriptions = false,
  ) {}

  /** The requested schemas, with all that they refer to. */
  get set(): SchemaSet {
    return { $defs: this.#defs };
  }

  /** Returns the schemas to which no other refers; all of them where each is part of another. */
  notReferredTo<T extends { readonly place: string }>(schemas: readonly T[]): readonly T[] {
    const isOwn = (place: string) => {
      const inner = place.endsWith('#') ? place : `${place}/`;
      return (this.#referred.get(place) ?? []).every((from) => from === place || from.startsWith(inner));
    };
    const roots = schemas.filter(({ place }) => isOwn(place));
    return roots.length > 0 ? roots : schemas;
  }

  /** The schema at a place. */
  schemaAt(placed: PlacedValue): SchemaNode {
    const schema = this.#read(placed, 0);
    for (let next = this.#pending.pop(); next; next = this.#pending.pop()) {
      this.#defs[next.name] = this.#read(next.placed, 0);
    }
    return schema;
  }

  /** Returns the target of a reference, through others; null for a missing one, which is reported. */
  follow(placed: PlacedValue): PlacedValue | null {
    let at = placed;
    for (let step = 0; step < 50; step++) {
      const reference = isRecord(at.value) ? at.value.$ref : undefined;
      if (typeof reference !== 'string') return at;
      const found = this.#target(reference, at);
      if (found === null) return null;
      at = found;
    }
    this.report(placed, 'its references lead in a circle.');
    return null;
  }

  /** Reports what is not used, once. */
  report(at: Pick<PlacedValue, 'document' | 'pointer'>, message: string): void {
    const place = placeOf(at);
    if (this.#reported.has(`${place} ${message}`) || this.problems.length >= maxProblems) return;
    this.#reported.add(`${place} ${message}`);
    this.problems.push({ place, message });
  }

  #target(reference: string, from: PlacedValue): PlacedValue | null {
    const [file = '', fragment = ''] = splitOnce(reference, '#');
    const document = file === '' ? from.document : this.files.openBeside(from.document, file);
    if (typeof document === 'string') {
      this.report(from, `$ref: ${document}`);
      return null;
    }
    const pointer = pointerOfFragment(fragment, document.data);
    const value = pointer === null ? undefined : valueAt(document.data, pointer);
    if (value === undefined || pointer === null) {
      this.report(from, `$ref: there is no ${reference.slice(0, 200)}.`);
      return null;
    }
    return { document, pointer, value };
  }

  #reference(reference: string, from: PlacedValue): SchemaNode {
    const target = this.#target(reference, from);
    if (target === null) return true;
    const key = `${target.document.path}#${target.pointer}`;
    const place = placeOf(target);
    const places = this.#referred.get(place);
    if (places) places.push(placeOf(from));
    else this.#referred.set(place, [placeOf(from)]);
    let name = this.#names.get(key);
    if (name === undefined) {
      if (this.#names.size >= maxSchemas) {
        this.report(from, `it leads to more than ${maxSchemas} schemas.`);
        return true;
      }
      name = this.#freeName(target);
      this.#names.set(key, name);
      this.#pending.push({ name, placed: target });
    }
    return { $ref: schemaReference(name) };
  }

  #freeName({ pointer, document }: PlacedValue): string {
    const last = pointer.split('/').at(-1) || document.shown.replace(/^.*\//, '').replace(/\.\w+$/, '');
    const base = last.replace(/[^A-Za-z0-9_.-]/g, '_').slice(0, 80) || 'schema';
    const count = (this.#taken.get(base) ?? 0) + 1;
    this.#taken.set(base, count);
    // A mark that no name of a component has.
    return count === 1 && base !== '__proto__' ? base : `${base}$${count}`;
  }

  #read(placed: PlacedValue, depth: number): SchemaNode {
    const { value } = placed;
    if (typeof value === 'boolean') return value;
    if (!isRecord(value)) {
      this.report(placed, 'it is no schema.');
      return true;
    }
    if (depth > maxDepth) {
      this.report(placed, `it is nested more than ${maxDepth} levels deep.`);
      return true;
    }
    const schema: Record<string, unknown> = Object.create(null);
    const inner = (...steps: string[]): PlacedValue => ({
      document: placed.document,
      pointer: `${placed.pointer}${pointerTo(steps)}`,
      value: steps.reduce<unknown>((from, step) => (from as Record<string, unknown>)[step], value),
    });
    this.#readPlain(placed, value, schema);
    if (typeof value.$ref === 'string') {
      const reference = this.#reference(value.$ref, placed);
      if (typeof reference === 'object') Object.assign(schema, reference);
    }
    for (const key of singles) if (value[key] !== undefined) schema[key] = this.#read(inner(key), depth + 1);
    for (const key of lists) {
      const list = value[key];
      if (Array.isArray(list) && list.length > 0)
        schema[key] = list.map((_, at) => this.#read(inner(key, String(at)), depth + 1));
    }
    for (const key of maps) {
      const map = value[key];
      if (isRecord(map)) schema[key] = this.#readMap(map, (name) => this.#read(inner(key, name), depth + 1));
    }
    const readAt = (steps: readonly string[]) => this.#read(inner(...steps), depth + 1);
    readDependencies(value, schema, readAt);
    readItems(value, schema, readAt);
    if (isRecord(value.discriminator)) {
      const discriminator = this.#discriminator(value.discriminator, placed);
      if (discriminator) schema.discriminator = discriminator;
      // What several branches take belongs to the one that its discriminator names.
      if (discriminator?.mapping && schema.oneOf !== undefined && schema.anyOf === undefined) {
        schema.anyOf = schema.oneOf;
        delete schema.oneOf;
      }
    }
    return this.#pool.share(value.nullable === true ? withNull(schema) : (schema as JsonSchema));
  }

  #readPlain(placed: PlacedValue, value: Record<string, unknown>, schema: Record<string, unknown>): void {
    const declaredTypes = [value.type]
      .flat()
      .filter((type): type is string => typeof type === 'string' && types.has(type));
    if (declaredTypes.length > 0)
      schema.type = declaredTypes.length === 1 ? declaredTypes[0] : [...new Set(declaredTypes)];
    else if (value.type !== undefined)
      this.report(placed, `type: ${JSON.stringify(value.type)?.slice(0, 60)} is none of JSON.`);
    for (const key of facts) if (value[key] !== undefined) schema[key] = value[key];
    if (this.keepsDescriptions && typeof value.description === 'string')
      schema.description = value.description.slice(0, maxDescription);
    if (typeof schema.format !== 'string') delete schema.format;
    if (schema.uniqueItems !== true) delete schema.uniqueItems;
    if (Array.isArray(value.enum) && value.enum.length > 0) {
      if (value.enum.length > maxWords)
        this.report(placed, `enum: only the first ${maxWords} of its ${value.enum.length} values are used.`);
      schema.enum = value.enum.slice(0, maxWords);
    }
    for (const key of numbers) {
      const number = value[key];
      if (typeof number !== 'number' || !Number.isFinite(number)) continue;
      if (counts.has(key) ? number >= 0 && Number.isInteger(number) : key !== 'multipleOf' || number > 0)
        schema[key] = number;
    }
    for (const [key, bound] of [
      ['exclusiveMinimum', 'minimum'],
      ['exclusiveMaximum', 'maximum'],
    ] as const) {
      if (typeof value[key] === 'number') schema[key] = value[key];
      if (value[key] !== true || typeof schema[bound] !== 'number') continue;
      schema[key] = schema[bound];
      delete schema[bound];
    }
    if (Array.isArray(value.required)) {
      const names = value.required.filter((name): name is string => typeof name === 'string');
      if (names.length > 0) schema.required = [...new Set(names)];
    }
    if (typeof value.pattern === 'string') {
      if (isSafePattern(value.pattern)) schema.pattern = value.pattern;
      else
        this.report(
          placed,
          `pattern: ${value.pattern.slice(0, 80)} can't be tried safely, or is no regular expression.`,
        );
    }
    const example = value.example ?? (Array.isArray(value.examples) ? value.examples[0] : undefined);
    if (example !== undefined) schema.example = example;
    for (const key of untold) if (value[key] !== undefined) this.report(placed, `${key} is not known.`);
  }

  #readMap(map: Record<string, unknown>, read: (name: string) => SchemaNode): Record<string, SchemaNode> {
    const properties: Record<string, SchemaNode> = Object.create(null);
    for (const name of Object.keys(map)) properties[name] = read(name);
    return properties;
  }

  #discriminator(value: Record<string, unknown>, placed: PlacedValue): Discriminator | null {
    const { propertyName, mapping } = value;
    if (typeof propertyName !== 'string') return null;
    const entries = isRecord(mapping) ? Object.entries(mapping) : [];
    const references = entries.flatMap(([key, target]) => {
      if (typeof target !== 'string') return [];
      const reference = /[#/.]/.test(target) ? target : `#/components/schemas/${target}`;
      const node = this.#reference(reference, placed);
      return typeof node === 'object' ? [[key, node.$ref!] as const] : [];
    });
    return { propertyName, ...(references.length > 0 && { mapping: Object.fromEntries(references) }) };
  }
}

/** A place as people see it. */
function placeOf({ document, pointer }: Pick<PlacedValue, 'document' | 'pointer'>): string {
  return `${document.shown}#${pointer}`;
}
